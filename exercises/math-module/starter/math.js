// Write sum, mul and div, and export them.
