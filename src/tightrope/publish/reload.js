// Sent with each page by `make watch`, and part of no site: loads the page anew after a build, and
// shows in a bar why a build has failed.
(function () {
  "use strict";
  var EVERY = 250; // milliseconds
  var mine = Number(document.currentScript.src.split("?")[1]);
  var bar = null;

  function show(fault) {
    if (!fault) {
      if (bar) { bar.remove(); }
      bar = null;
      return;
    }
    if (!bar) {
      bar = document.createElement("pre");
      bar.id = "not-built";
      bar.setAttribute("role", "alert");
      // One by one: a security policy of the pages may forbid styles in attributes.
      var looks = {
        position: "sticky", top: "0", zIndex: "9999", margin: "0", padding: "0.75rem 1rem",
        maxHeight: "40vh", overflow: "auto", whiteSpace: "pre-wrap", font: "1rem/1.4 monospace",
        color: "#fff", background: "#8a1c1c", border: "0", borderRadius: "0"
      };
      Object.keys(looks).forEach(function (name) { bar.style[name] = looks[name]; });
      document.body.prepend(bar);
    }
    bar.textContent = fault;
  }

  function ask() {
    fetch("/_watch.json", { cache: "no-store" })
      .then(function (answer) { return answer.json(); })
      .then(function (state) {
        if (state.built !== mine) { location.reload(); } else { show(state.fault); }
      })
      .catch(function () { /* the server has ended, or is not there yet */ })
      .finally(function () { setTimeout(ask, EVERY); });
  }
  ask();
})();
