const prices = { 'tea pot': 2400, 'tea cup': 650 };

export function up(tables) {
  for (const product of tables.products) {
    product.cents = prices[product.name] ?? null;
  }
}

export function down(tables) {
  for (const product of tables.products) {
    delete product.cents;
  }
}
