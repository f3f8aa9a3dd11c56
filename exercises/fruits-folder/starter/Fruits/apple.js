// Export an object with the name and the color.
