function subscribe(station, listener) {
  station.on('reading', listener);
  return () => {
    station.off('reading', listener);
  };
}

function first(station, listener) {
  let called = false;
  station.on('reading', (degrees) => {
    if (called) return;
    called = true;
    listener(degrees);
  });
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
