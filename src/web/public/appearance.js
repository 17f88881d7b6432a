// Runs before the first paint, so that a dark or enlarged page does not flash. A file of its own, because the content security
// policy forbids inline scripts.
(function () {
  var key = 'acolhe.appearance';
  var dark = matchMedia('(prefers-color-scheme: dark)');
  var grounds = { light: '#FBFAF7', dark: '#151412' };

  function read() {
    try {
      return JSON.parse(localStorage.getItem(key) || '{}') || {};
    } catch {
      return {};
    }
  }

  function apply() {
    var chosen = read();
    var root = document.documentElement;
    var scheme = chosen.theme === 'light' || chosen.theme === 'dark' ? chosen.theme : dark.matches ? 'dark' : 'light';
    root.setAttribute('data-scheme', scheme);
    root.setAttribute('data-accent', chosen.accent || 'teal');
    root.setAttribute('data-text-size', chosen.textSize || 'medium');
    root.lang = chosen.language || 'pt-BR';
    var color = document.querySelector('meta[name="theme-color"]');
    if (color) color.setAttribute('content', grounds[scheme]);
  }

  apply();
  dark.addEventListener('change', apply);
  addEventListener('acolhe:appearance', apply);

  // A signed-in person will need the files of the client list: they are fetched now, before the app's own code has run.
  function fetchPart(name, priority) {
    var part = document.querySelector('meta[name="acolhe-' + name + '"]');
    (part ? part.content.split(' ') : []).forEach(function (file) {
      var link = document.createElement('link');
      var isStyle = /\.css$/.test(file);
      link.rel = isStyle ? 'preload' : 'modulepreload';
      if (isStyle) link.as = 'style';
      link.crossOrigin = '';
      // What is needed second gives way to what is needed first.
      link.fetchPriority = priority || 'auto';
      link.href = file;
      document.head.append(link);
    });
  }

  function isSignedIn() {
    try {
      return localStorage.getItem('acolhe.session') !== null;
    } catch {
      return false;
    }
  }

  var path = document.location.pathname;
  if (isSignedIn() && path !== '/entrar') {
    fetchPart('home');
    if (/^\/clientes/.test(path)) fetchPart('clients-' + document.documentElement.lang);
    if (/^\/clientes\/[0-9a-f-]{36}$/.test(path)) fetchPart('card', 'low');
  }
})();
