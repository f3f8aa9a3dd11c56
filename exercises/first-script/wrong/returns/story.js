function story() {
  return 'Day 1: I installed Node.js.\nDay 2: I ran my first file.\nDay 3: I broke it, and repaired it.';
}

story();
