// Export the function price.
