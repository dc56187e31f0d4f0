/* A number says in place what it is: value, definition, range, its largest rows and their sources;
   a term says what it means. Hover, focus or tap opens the panel; without this script a number
   leads to its card, a term to the glossary.

   What a page's numbers say stands in one file, loaded at the first touch: as a script, since a
   page on a disk may not read data. */
(function () {
  "use strict";

  var WAIT = 150; // milliseconds that a pointer rests before it means the number
  var NARROW = 700; // pixels: below, the panel is a sheet at the foot of the screen
  var EDGE = 12;
  var ROOT = document.documentElement.dataset.content_root || "./";
  var WITH_PANEL = ".bd-article a.fact, .bd-article a.term";
  var told = {};
  var meanings = {};
  var timer = 0;
  var open = null; // {link, panel, stays}

  window.tightropeNumbers = function (page, content) {
    told[page] = content;
  };

  window.tightropeTerms = function (content) {
    meanings = content;
  };

  // A number's address ends in reference/facts/X.html#page.key.
  function place(link) {
    var parts = link.getAttribute("href").split("reference/facts/");
    var id = decodeURIComponent(parts[1].split("#")[1]);
    var dot = id.indexOf(".");
    return { root: parts[0], page: id.slice(0, dot), key: id.slice(dot + 1) };
  }

  function content(link) {
    return link.classList.contains("term") ? meaning(link) : number(link);
  }

  function meaning(link) {
    return window.tightropeLoad(ROOT + "terms.js").then(function () {
      var anchor = decodeURIComponent(link.hash.slice(1));
      return { how: meanings[anchor].replace(/\.$/, ""), range: "", more: 0, rows: [], all: "In the glossary" };
    });
  }

  function number(link) {
    var where = place(link);
    return window.tightropeLoad(where.root + "numbers/" + where.page + ".js").then(function () {
      var all = told[where.page];
      var number = all.numbers[where.key];
      return {
        how: number.how,
        range: number.range,
        more: number.more,
        root: where.root,
        rows: number.rows.map(function (row) { return all.rows[row]; }),
      };
    });
  }

  function made(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function line(row, root) {
    var item = made("li");
    var what = made(row[5] ? "a" : "span", "number-what", row[0]);
    if (row[5]) what.href = root + row[5];
    item.append(what);
    if (row[1]) item.append(made("strong", "", row[1]));
    var said = [row[2], row[3], row[4]].filter(Boolean).join(" · ");
    item.append(made("span", "number-said", said));
    return item;
  }

  function panelOf(link, number) {
    var panel = made("span", "number-panel");
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", "What “" + link.textContent + "” is");
    panel.tabIndex = -1;
    if (panel.showPopover) panel.popover = "manual";
    var head = made("span", "number-head");
    var close = made("button", "number-close", "Close");
    close.type = "button";
    close.addEventListener("click", function () { shut(true); });
    head.append(made("strong", "", link.textContent), close);
    var how = number.how.charAt(0).toUpperCase() + number.how.slice(1);
    panel.append(head, made("span", "number-how", how + "."));
    if (number.range) {
      panel.append(made("span", "number-how", "The evidence allows " + number.range + "."));
    }
    if (number.rows.length) {
      var list = made("ul");
      list.append.apply(list, number.rows.map(function (row) { return line(row, number.root); }));
      panel.append(list);
    }
    var all = made("a", "number-all");
    all.href = link.href;
    all.textContent = number.all || (number.rows.length && number.more > 0
      ? number.more + (number.more === 1 ? " more row" : " more rows") + ", and all sources"
      : "All rows and sources");
    panel.append(all);
    return panel;
  }

  function lay() {
    if (!open) return;
    var panel = open.panel;
    var isSheet = window.innerWidth < NARROW;
    panel.classList.toggle("is-sheet", isSheet);
    panel.style.left = panel.style.top = "";
    var number = open.link.getClientRects()[0];
    if (!number) return;
    if (isSheet) {
      var hidden = number.bottom + EDGE - (window.innerHeight - panel.offsetHeight);
      if (open.stays && hidden > 0) window.scrollBy(0, hidden);
      return;
    }
    var left = Math.min(number.left, window.innerWidth - panel.offsetWidth - EDGE);
    var below = window.innerHeight - number.bottom - EDGE;
    var isBelow = panel.offsetHeight <= below || below > number.top;
    panel.style.left = Math.max(EDGE, left) + "px";
    panel.style.top = (isBelow ? number.bottom + 4 : number.top - panel.offsetHeight - 4) + "px";
  }

  function shut(takesFocus) {
    clearTimeout(timer);
    if (!open) return;
    var was = open;
    open = null;
    was.link.removeAttribute("aria-expanded");
    if (takesFocus || was.panel.contains(document.activeElement)) was.link.focus();
    was.panel.remove();
  }

  function show(link, stays, isByKey) {
    if (open && open.link === link) {
      open.stays = open.stays || stays;
      if (isByKey) open.panel.focus();
      return;
    }
    content(link).then(function (number) {
      shut(false);
      var panel = panelOf(link, number);
      link.after(panel);
      if (panel.showPopover) panel.showPopover();
      link.setAttribute("aria-expanded", "true");
      open = { link: link, panel: panel, stays: stays };
      lay();
      if (isByKey) panel.focus();
    }, function () {
      if (stays) location.href = link.href; // its card says the same
    });
  }

  function numberAt(target) {
    return target.closest && target.closest(WITH_PANEL);
  }

  function isInside(target) {
    return open && target instanceof Node && (open.panel.contains(target) || open.link.contains(target));
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return;
    clearTimeout(timer);
    var link = numberAt(event.target);
    if (link) {
      timer = setTimeout(function () { show(link, false, false); }, WAIT);
    } else if (open && !open.stays && !isInside(event.target)) {
      timer = setTimeout(function () { shut(false); }, 2 * WAIT);
    }
  });
  document.addEventListener("focusin", function (event) {
    var link = numberAt(event.target);
    if (link && link.matches(":focus-visible") && !(open && open.link === link)) {
      if (!link.dataset.quiet) show(link, false, false);
    } else if (open && !isInside(event.target)) {
      shut(false);
    }
  });
  document.addEventListener("click", function (event) {
    var link = numberAt(event.target);
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      clearTimeout(timer);
      if (open && open.link === link && open.stays) shut(false);
      else show(link, true, event.detail === 0);
    } else if (open && !isInside(event.target)) {
      shut(false);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || !open) return;
    var link = open.link;
    link.dataset.quiet = "true"; // the focus that comes back opens nothing
    shut(open.panel.contains(document.activeElement));
    delete link.dataset.quiet;
  });
  window.addEventListener("scroll", function () {
    if (open && !open.stays) shut(false);
    else lay();
  }, { passive: true });
  window.addEventListener("resize", lay);
})();
