/* Search while typing, in the dialog of every page and on the search page. The index is loaded when
   a field is first touched, as a script: a page on a disk may not read data. */
(function () {
  "use strict";

  var ROOT = document.documentElement.dataset.content_root || "./";
  var TEXT = {
    failed: "The search could not be loaded.",
    none: "No page is about this. Try another word; names of firms and terms work best.",
  };
  var search = null;

  window.tightropeWords = function (given) { search = given; };

  function load() {
    return window.tightropeLoad(ROOT + "words.js");
  }

  function show(list, text) {
    var found = text.trim() ? search(text) : [];
    list.replaceChildren.apply(list, found.map(function (page) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = ROOT + page[0] + ".html";
      link.textContent = page[1];
      var lead = document.createElement("p");
      lead.textContent = page[2];
      item.append(link, lead);
      return item;
    }));
    list.nextElementSibling.textContent = text.trim() && !found.length ? TEXT.none : "";
  }

  function attach(form, place) {
    var field = form.querySelector("input");
    var list = document.createElement("ul");
    list.className = "find-results";
    list.setAttribute("aria-label", "Pages found");
    var status = document.createElement("p");
    status.className = "find-status";
    status.setAttribute("role", "status");
    place.append(list, status);

    function follow() {
      load().then(
        function () { show(list, field.value); },
        function () { status.textContent = TEXT.failed; }
      );
    }
    field.addEventListener("focus", function () { load().catch(function () {}); });
    field.addEventListener("input", follow);
    form.parentElement.addEventListener("keydown", function (event) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      var stops = [field].concat(Array.from(list.querySelectorAll("a")));
      var now = stops.indexOf(document.activeElement);
      var next = stops[now + (event.key === "ArrowDown" ? 1 : -1)];
      if (now >= 0 && next) {
        event.preventDefault();
        next.focus();
      }
    });
    return follow;
  }

  document.addEventListener("DOMContentLoaded", function () {
    var dialog = document.getElementById("pst-search-dialog");
    var own = document.querySelector(".bd-search-container form");
    if (dialog && dialog.querySelector("form")) attach(dialog.querySelector("form"), dialog);
    if (own) {
      var follow = attach(own, document.getElementById("search-results"));
      var field = own.querySelector("input");
      field.value = new URLSearchParams(location.search).get("q") || "";
      field.focus();
      field.select();
      follow();
      own.addEventListener("submit", function (event) {
        event.preventDefault();
        history.replaceState(null, "", "?q=" + encodeURIComponent(field.value));
      });
    }
  });
})();
