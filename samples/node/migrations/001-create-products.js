export function up(tables) {
  tables.products = [
    { id: 1, name: 'tea pot' },
    { id: 2, name: 'tea cup' },
  ];
}

export function down(tables) {
  delete tables.products;
}
