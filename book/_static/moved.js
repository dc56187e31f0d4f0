/* Leads on from an address of before: what stood on this page has a page of its own now, which the
   link of its line here leads to. Without this script the address arrives at the line. */
(function () {
  "use strict";

  function leadOn() {
    var id = decodeURIComponent(location.hash.slice(1));
    if (!id) return;
    var there = document.getElementById(id);
    var line = there
      ? there.closest("[data-moved]")
      : Array.from(document.querySelectorAll("[data-moved]")).find(function (one) {
          return one.dataset.moved && id.startsWith(one.dataset.moved + ".");
        });
    if (line) location.replace(line.querySelector("a").href.split("#")[0] + "#" + id);
  }

  window.addEventListener("hashchange", leadOn);
  leadOn();
})();
