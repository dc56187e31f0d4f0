/* The editions of the book, to go from one to the same page of another. Written once for all of
   them; the script of every page loads it, and says which edition the page is of. */
(function () {
  "use strict";

  var GIVEN = null; // the build puts the editions here
  var here = window.tightropeEdition || "";
  var up = (document.documentElement.dataset.content_root || "./") + (here ? "../" : "");
  var root = new URL(up, location.href).href;

  function ours(one) { return one.folder === here; }
  var edition = GIVEN.editions.find(ours);

  function start(one) { return root + (one.folder ? one.folder + "/" : ""); }

  function page() {
    var path = decodeURI(location.href.split(/[?#]/)[0]).slice(decodeURI(start(edition)).length);
    if (!path || path.endsWith("/")) path += "index.html";
    return path;
  }

  // What the other edition does not have leads to its first page, which says so.
  function address(one) {
    var wanted = page();
    var isThere = wanted in GIVEN.titles && one.without.indexOf(wanted) < 0;
    if (isThere) return start(one) + wanted + location.hash;
    return start(one) + "index.html?without=" + encodeURIComponent(wanted);
  }

  function element(name, words, into) {
    var made = document.createElement(name);
    made.textContent = words;
    if (into) into.appendChild(made);
    return made;
  }

  function offer() {
    var bar = document.querySelector(".header-article-items__start") || document.querySelector("main");
    if (!bar) return;
    var fold = document.createElement("details");
    fold.className = "editions";
    element("summary", "Edition: " + edition.short, fold);
    var list = element("ul", "", fold);
    GIVEN.editions.forEach(function (one) {
      var link = element("a", one.name, element("li", "", list));
      link.href = address(one);
      if (ours(one)) link.setAttribute("aria-current", "true");
    });
    var all = element("a", "All editions", element("li", "", list));
    all.href = root + "editions.html";
    fold.addEventListener("toggle", function () {
      // The place on the page may have changed since.
      list.querySelectorAll("a").forEach(function (link, place) {
        if (GIVEN.editions[place]) link.href = address(GIVEN.editions[place]);
      });
    });
    fold.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !fold.open) return;
      fold.open = false;
      fold.querySelector("summary").focus();
    });
    document.addEventListener("click", function (event) {
      if (!fold.contains(event.target)) fold.open = false;
    });
    bar.appendChild(fold);
  }

  function say() {
    var missing = new URLSearchParams(location.search).get("without");
    var article = document.querySelector(".bd-article");
    if (!missing || !article) return;
    var title = GIVEN.titles[missing];
    var what = title ? "This edition has no page “" + title + "”." : "This edition does not have the page you came from.";
    var line = element("p", what + " This is its first page.");
    line.className = "editions-without";
    line.setAttribute("role", "status");
    article.insertBefore(line, article.firstChild);
  }

  function begin() {
    offer();
    say();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
