// Load shop-tools, and print the price of the first argument.
