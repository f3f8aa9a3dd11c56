const base = process.argv[2];

// Ask the shop for the prices of tea, coffee and milk, and print their sum.
