/* The filter of a long list. All it knows it reads from the lines; without this script the form
   stays hidden and the list is complete. The chosen filter stands in the address. */
(function () {
  "use strict";

  var form = document.querySelector(".listing-filter");
  var list = document.querySelector(".listing-list");
  var count = document.querySelector(".listing-count");
  if (!form || !list || !count) return;

  var controls = Array.from(form.elements).filter(function (control) { return control.name; });
  var choices = controls.filter(function (control) { return control.dataset.of; });
  var FIRST = { sort: form.elements.sort.options[0].value };
  var WHAT = count.dataset.what;

  // Letters alone: capitals, accents and the kind of apostrophe do not matter to a search.
  function plain(text) {
    return text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[’‘]/g, "'")
      .replace(/\s+/g, " ")
      .toLowerCase();
  }

  // Read when the list is first filtered: it would hold up a page that is only read.
  var known = null;
  function lines() {
    known = known || Array.from(list.children).map(function (element, place) {
      var data = element.dataset;
      return {
        element: element,
        place: place,
        text: plain([element.textContent, data.words, element.id].join(" ")),
        days: (data.days || data.day).split(" "),
        parts: Array.from(element.querySelectorAll("[data-party]")),
        name: plain(element.querySelector("a").textContent),
        day: data.day,
        amount: Number(data.amount),
      };
    });
    return known;
  }

  function chosen() {
    var values = {};
    controls.forEach(function (control) {
      var value = control.value.trim();
      if (value && value !== FIRST[control.name]) values[control.name] = value;
    });
    return values;
  }

  function has(element, name, value) {
    return element.dataset[name].split(" ").includes(value);
  }

  // Words without the signs around them, as the lines have them.
  function words(text) {
    return plain(text).split(" ").map(function (word) {
      return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
    });
  }

  // What is asked of a part must be true of one and the same part.
  function fits(line, want) {
    var asked = choices.filter(function (control) { return want[control.name]; });
    var ofPart = asked.filter(function (control) { return control.dataset.of === "part"; });
    function isIn(element, control) { return has(element, control.name, want[control.name]); }
    return (
      asked.every(function (control) {
        return ofPart.includes(control) || isIn(line.element, control);
      }) &&
      (!ofPart.length || line.parts.some(function (part) {
        return ofPart.every(function (control) { return isIn(part, control); });
      })) &&
      // Of some days only the month or the year is known.
      line.days.some(function (day) {
        return (!want.from || day >= want.from.slice(0, day.length)) && (!want.to || day <= want.to);
      }) &&
      (!want.q || words(want.q).every(function (word) {
        return line.text.includes(word);
      }))
    );
  }

  function ordered() {
    var order = form.elements.sort.selectedOptions[0].dataset;
    var way = "falls" in order ? -1 : 1;
    return lines().slice().sort(function (a, b) {
      var one = a[order.by], other = b[order.by];
      return (one === other ? 0 : one < other ? -way : way) || a.place - b.place;
    });
  }

  function apply() {
    var want = chosen();
    var left = lines().filter(function (line) {
      line.element.hidden = !fits(line, want);
      return !line.element.hidden;
    }).length;
    ordered().forEach(function (line, place) {
      if (list.children[place] !== line.element) list.insertBefore(line.element, list.children[place]);
    });
    tell(left);
  }

  function tell(left) {
    count.textContent = left
      ? left + " of " + list.children.length + " " + WHAT + "s"
      : "No " + WHAT + " matches. Take a condition away, or show all " + WHAT + "s.";
  }

  function remember() {
    var hash = new URLSearchParams(chosen()).toString();
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }

  function fill(values) {
    controls.forEach(function (control) {
      control.value = values.get(control.name) || FIRST[control.name] || "";
      // A value that the list does not know leaves a select empty; then nothing was chosen.
      if (control.selectedIndex === -1) control.selectedIndex = 0;
    });
  }

  function obey() {
    var hash = location.hash.slice(1);
    fill(new URLSearchParams(hash.includes("=") ? hash : ""));
    if (known || Object.keys(chosen()).length) apply();
    else tell(list.children.length);
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
  window.addEventListener("hashchange", obey);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) apply();
  });
  form.hidden = false;
  obey();
})();
