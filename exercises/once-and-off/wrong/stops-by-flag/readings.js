function subscribe(station, listener) {
  let isStopped = false;
  station.on('reading', (degrees) => {
    if (!isStopped) listener(degrees);
  });
  return () => {
    isStopped = true;
  };
}

function first(station, listener) {
  station.once('reading', listener);
}

function collect(station, count, done) {
  const list = [];
  function take(degrees) {
    list.push(degrees);
    if (list.length < count) return;
    station.off('reading', take);
    done(list);
  }
  station.on('reading', take);
}

module.exports = { subscribe, first, collect };
