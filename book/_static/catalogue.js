/* The catalogue's filter. All it knows it reads from the list on the page; without this script the
   form stays hidden and the list is complete. The chosen filter stands in the address. */
(function () {
  "use strict";

  var form = document.getElementById("catalogue-filter");
  var list = document.querySelector(".catalogue-list");
  var count = document.querySelector(".catalogue-count");
  if (!form || !list || !count) return;

  var NAMES = ["q", "party", "instrument", "status", "scope", "circle", "from", "to", "sort"];
  var FIRST = { sort: form.elements.sort.options[0].value };
  var openAll = form.querySelector("[data-open]");

  // Letters alone: capitals, accents and the kind of apostrophe do not matter to a search.
  function plain(text) {
    return text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[’‘]/g, "'")
      .replace(/\s+/g, " ")
      .toLowerCase();
  }

  var deals = Array.from(list.children).map(function (element, place) {
    return {
      element: element,
      place: place,
      name: plain(element.querySelector("h3").textContent),
      text: plain(element.textContent),
      days: [element.dataset.announced].concat(element.dataset.known.split(" ").filter(Boolean)),
      legs: Array.from(element.querySelectorAll(".leg")).map(function (leg) {
        return leg.dataset;
      }),
    };
  });

  var ORDERS = {
    newest: function (a, b) { return a.place - b.place; },
    oldest: function (a, b) {
      return a.element.dataset.announced.localeCompare(b.element.dataset.announced) || a.place - b.place;
    },
    largest: function (a, b) {
      return b.element.dataset.amount - a.element.dataset.amount || a.place - b.place;
    },
    name: function (a, b) { return a.name.localeCompare(b.name); },
  };

  function chosen() {
    var values = {};
    NAMES.forEach(function (name) {
      var value = form.elements[name].value.trim();
      if (value && value !== FIRST[name]) values[name] = value;
    });
    return values;
  }

  // Party, instrument and status must be true of one and the same leg.
  function matches(deal, want) {
    var byLeg = want.party || want.instrument || want.status;
    return (
      (!want.scope || deal.element.dataset.scope === want.scope) &&
      (!want.circle || deal.element.dataset.circle === want.circle) &&
      deal.days.some(function (day) {
        return (!want.from || day >= want.from) && (!want.to || day <= want.to);
      }) &&
      (!byLeg || deal.legs.some(function (leg) {
        return (
          (!want.party || leg.payer === want.party || leg.payee === want.party) &&
          (!want.instrument || leg.instrument === want.instrument) &&
          (!want.status || leg.status === want.status)
        );
      })) &&
      (!want.q || plain(want.q).split(" ").every(function (word) {
        return deal.text.includes(word);
      }))
    );
  }

  function shown() {
    return deals.filter(function (deal) { return !deal.element.hidden; });
  }

  function labelOpenAll() {
    var open = shown();
    var every = open.length > 0 && open.every(function (deal) { return deal.element.open; });
    openAll.textContent = every ? openAll.dataset.close : openAll.dataset.open;
    openAll.disabled = !open.length;
  }

  function apply() {
    var want = chosen();
    deals.forEach(function (deal) {
      deal.element.hidden = !matches(deal, want);
    });
    deals.slice().sort(ORDERS[want.sort || FIRST.sort]).forEach(function (deal, place) {
      if (list.children[place] !== deal.element) list.insertBefore(deal.element, list.children[place]);
    });
    var left = shown().length;
    count.textContent = left
      ? left + " of " + deals.length + " deals"
      : "No deal matches. Take a condition away, or show all deals.";
    labelOpenAll();
  }

  function remember() {
    var hash = new URLSearchParams(chosen()).toString();
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }

  function fill(values) {
    NAMES.forEach(function (name) {
      form.elements[name].value = values.get(name) || FIRST[name] || "";
      // A value that the list does not know leaves a select empty; then nothing was chosen.
      if (form.elements[name].selectedIndex === -1) form.elements[name].selectedIndex = 0;
    });
  }

  // The address names either a filter or a deal, a leg or a step, which is then opened.
  function obey() {
    var hash = decodeURIComponent(location.hash.slice(1));
    var target = /^(deal|leg|event)-/.test(hash) && document.getElementById(hash);
    if (target && list.contains(target)) {
      var deal = target.closest(".deal");
      if (deal.hidden) fill(new URLSearchParams());
      apply();
      deal.open = true;
      target.scrollIntoView();
    } else {
      fill(new URLSearchParams(hash.includes("=") ? location.hash.slice(1) : ""));
      apply();
    }
  }

  form.addEventListener("input", function () {
    apply();
    remember();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
  });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    fill(new URLSearchParams());
    apply();
    remember();
  });
  openAll.addEventListener("click", function () {
    var open = openAll.textContent === openAll.dataset.open;
    shown().forEach(function (deal) { deal.element.open = open; });
  });
  list.addEventListener("toggle", labelOpenAll, true);
  window.addEventListener("hashchange", obey);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) apply();
  });
  form.hidden = false;
  obey();
})();
