function subscribe(station, listener) {
  station.on('reading', listener);
  return () => {
    station.off('reading', listener);
  };
}

function first(station, listener) {
  station.once('reading', listener);
}

function collect(station, count, done) {
  const list = [];
  function take(degrees) {
    list.push(degrees);
    done(list);
    if (list.length >= count) station.off('reading', take);
  }
  station.on('reading', take);
}

module.exports = { subscribe, first, collect };
