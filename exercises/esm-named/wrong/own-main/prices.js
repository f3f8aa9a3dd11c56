// Export two functions by name: total(prices) and label(price).
// Try it with: node main.js 120 45 9
