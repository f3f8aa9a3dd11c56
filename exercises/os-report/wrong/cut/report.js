const os = require('node:os');

const MEBIBYTE = 1024 * 1024;

function report() {
  const total = os.totalmem();
  const used = total - os.freemem();
  return {
    host: os.hostname(),
    system: `${os.platform()} ${os.arch()}`,
    memory: { totalMiB: Math.floor(total / MEBIBYTE), usedPercent: Math.round((used / total) * 100) },
    up: hoursAndMinutes(os.uptime()),
  };
}

function hoursAndMinutes(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return `${hours}:${String(minutes).padStart(2, '0')}`;
}

module.exports = { report };
