export function up(tables) {
  tables.orders = [];
}

export function down(tables) {
  delete tables.orders;
}
