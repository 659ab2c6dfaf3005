// A classic script beside the page's module: where a module may not be loaded (a page from disk, a sandbox on a server that
// lets no other origin read, a wrong type of file), the one script with everything inside takes its place.
(function () {
  let started = false;

  /** @param {string[]} addresses in the order in which they are tried */
  function start(addresses) {
    const script = document.createElement('script');
    script.src = addresses[0];
    script.onload = function () {
      const lab = document.createElement('ncf-lab');
      lab.setAttribute('page', '');
      const host = document.getElementById('lab');
      if (host) host.replaceChildren(lab);
    };
    script.onerror = function () {
      script.remove();
      if (addresses.length > 1) start(addresses.slice(1));
    };
    document.head.append(script);
  }

  addEventListener(
    'error',
    function (event) {
      const target = event.target;
      if (started || !(target instanceof HTMLScriptElement) || target.type !== 'module') return;
      started = true;
      // Of the page's own address, whatever <base> says; and of a folder that was asked for without its slash.
      const page = location.href.replace(/[?#].*/, '');
      start([page.replace(/[^/]*$/, 'ncf-lab.js'), page + '/ncf-lab.js']);
    },
    true,
  );
})();
