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

  function readSession() {
    try {
      return JSON.parse(localStorage.getItem('acolhe.session'));
    } catch {
      return null;
    }
  }

  // What the first page asks the server for is asked for now as well (lib/early-answers.ts), unless the session has to be
  // renewed or ended first.
  function mayAsk() {
    return readSession().expiresAt - Date.now() > 60000 && localStorage.getItem('acolhe.pending-sign-out') === null;
  }

  function ask(path, priority) {
    var base = document.querySelector('meta[name="acolhe-api"]');
    if (!base || !mayAsk()) return;
    var address = base.content + '/api/v1' + path;
    var answers = (window.acolheEarly = window.acolheEarly || {});
    answers[address] = fetch(address, {
      credentials: 'include',
      priority: priority || 'auto',
      headers: { 'x-acolhe-client': 'web', 'accept-language': document.documentElement.lang },
    });
    // Whoever takes the answer is told.
    answers[address].catch(function () {});
  }

  var path = document.location.pathname;
  if (readSession() && path !== '/entrar') {
    var card = /^\/clientes\/([0-9a-f-]{36})$/.exec(path);
    // On a phone a card covers the list.
    var isListSeen = path === '/clientes' || (card && !matchMedia('(max-width: 47.99em)').matches);
    ask('/me');
    if (card) ask('/clients/' + card[1]);
    if (isListSeen && document.location.search === '') ask('/clients?limit=60');
    fetchPart('home');
    if (/^\/clientes/.test(path)) fetchPart('clients-' + document.documentElement.lang);
    if (card) fetchPart('card', 'low');
    if (card || isListSeen) ask('/tags', 'low');
  }
})();
