// Runs before the first paint, so that a dark room stays dark. The app keeps the same key.
;(function () {
  var kept = null
  try {
    kept = localStorage.getItem('lantu.theme')
  } catch (e) {
    kept = null
  }
  var dark = kept === 'blueprint' || (kept !== 'paper' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'blueprint' : 'paper'
})()
