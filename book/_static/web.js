/* The web of payments: a loop to light, what to count, a month to show. Without this script the
   picture stands as it is, with its largest loop lit. What a month holds comes from a file of its
   own at the first touch of a control that needs it; where a band lies is the package's answer
   (charts/web), and only its outline is drawn here as charts/web/paths.py draws it. */
(function () {
  "use strict";

  var BAR = 8;
  var THIN = 1.2;
  var SCALE = 0.3;
  var KINDS = ["paid", "signed", "talked", "high"];
  var WORDS = { paid: "paid", signed: "signed", talked: "talked about" };
  var SVG = "http://www.w3.org/2000/svg";
  var given = {};

  window.tightropeWeb = function (id, data) {
    given[id] = data;
  };

  function n(value) {
    var text = (Math.round(value * 10) / 10).toFixed(1).replace(/\.0$/, "");
    return text === "-0" ? "0" : text;
  }

  function sum(millions) {
    var value = millions / 1000;
    if (value < 0.9995) return "$" + Number((value * 1000).toPrecision(3)) + "\u00a0m";
    return "$" + (value >= 999.5 ? Math.round(value).toLocaleString("en") : Number(value.toPrecision(3))) + "\u00a0bn";
  }

  // A part of a band that runs across or around a side; see charts/web/paths.py.
  function ribbon(lie, offset, thick) {
    var y0 = lie.y0 + offset;
    var y1 = lie.y1 + offset;
    var half = (lie.x0 + lie.x1) / 2;
    var a = half;
    var b = half;
    var c = half;
    var d = half;
    if (lie.kind === "side") {
      a = b = lie.x0 + 26 + 0.12 * Math.abs(lie.y1 - lie.y0);
      c = d = a + thick;
    }
    return (
      "M" + n(lie.x0) + "," + n(y0) + "C" + n(a) + "," + n(y0) + " " + n(b) + "," + n(y1) + " " +
      n(lie.x1) + "," + n(y1) + "v" + n(thick) + "C" + n(c) + "," + n(y1 + thick) + " " + n(d) + "," +
      n(y0 + thick) + " " + n(lie.x0) + "," + n(y0 + thick) + "Z"
    );
  }

  function bent(lie, offset) {
    if (lie.kind === "over") {
      var start = lie.x0 + lie.thick / 2 - offset;
      var end = lie.x1 - lie.thick / 2 + offset;
      var high = lie.lane + offset;
      return [[start, lie.y0], [start, high], [end, high], [end, lie.y1]];
    }
    var turn = lie.x0 + 70 - offset;
    var rise = lie.x1 - 50 + offset;
    var low = lie.lane + offset;
    return [
      [lie.x0, lie.y0 + offset], [turn, lie.y0 + offset], [turn, low],
      [rise, low], [rise, lie.y1 + offset], [lie.x1, lie.y1 + offset],
    ];
  }

  function outline(lie, offset, thick) {
    if (lie.kind === "across" || lie.kind === "side") return ribbon(lie, offset, thick);
    var there = bent(lie, offset);
    var back = bent(lie, offset + thick).reverse();
    return "M" + there.concat(back).map(function (p) { return n(p[0]) + "," + n(p[1]); }).join("L") + "Z";
  }

  function slices(sums, thick) {
    var total = sums.reduce(function (a, b) { return a + b; }, 0);
    if (!total) return [["open", 0, thick]];
    var y = 0;
    return KINDS.map(function (kind, place) {
      var high = (sums[place] / total) * thick;
      y += high;
      return [kind, y - high, high];
    }).filter(function (slice) { return slice[2] > 0; });
  }

  function prepare(figure) {
    var svg = figure.querySelector("svg.web");
    var form = figure.querySelector(".web-controls");
    var detail = figure.querySelector(".web-detail");
    var month = form.elements.month;
    var said = form.querySelector(".web-month");
    var play = form.querySelector(".web-play");
    var link = form.querySelector(".web-link");
    var id = figure.dataset.figure;
    var data = null;
    var timer = null;
    var loops = JSON.parse(form.querySelector(".web-loops").textContent);
    var first = svg.innerHTML;
    var begun = detail.innerHTML;

    function load() {
      if (data || given[id]) {
        data = given[id];
        return Promise.resolve(data);
      }
      return new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = form.dataset.states;
        script.onload = function () {
          data = given[id];
          resolve(data);
        };
        script.onerror = reject;
        document.head.append(script);
      });
    }

    function state() {
      return {
        loop: form.elements.loop.value,
        count: form.elements.count.value,
        month: Number(month.value),
      };
    }

    function isNow(now) {
      return now.month === Number(month.max) && now.count === "announced";
    }

    function light(loop) {
      var on = loops.find(function (one) { return one.id === loop; });
      var pairs = on ? on.steps.flatMap(function (step) { return step.bands; }) : [];
      var parties = pairs.join(" ").split(" ");
      svg.querySelectorAll(".band").forEach(function (band) {
        var lit = pairs.indexOf(band.dataset.ends) >= 0;
        band.classList.toggle("is-lit", lit);
        if (lit) band.parentNode.insertBefore(band, svg.querySelector("[data-party]"));
      });
      svg.querySelectorAll("[data-party]").forEach(function (party) {
        var lit = parties.indexOf(party.dataset.party) >= 0;
        party.querySelectorAll(".bar, .name").forEach(function (one) {
          one.classList.toggle("is-lit", lit);
        });
      });
      svg.querySelectorAll(".loop").forEach(function (one) {
        one.classList.toggle("is-lit", one.dataset.loop === loop && isNow(state()));
      });
      figure.querySelectorAll(".web-title").forEach(function (title) {
        title.hidden = title.dataset.loop !== loop;
      });
      figure.querySelectorAll(".web-ring").forEach(function (ring) {
        ring.hidden = ring.dataset.loop !== loop;
      });
    }

    function frame(now) {
      var frames = data.frames[now.count];
      var place = now.month;
      while (!frames[place] && place > 0) place -= 1;
      return frames[place] || { bars: {}, bands: {} };
    }

    function redraw(now) {
      var shown = frame(now);
      svg.querySelectorAll("[data-party]").forEach(function (party) {
        var bar = shown.bars[party.dataset.party];
        party.toggleAttribute("hidden", !bar);
        party.style.display = bar ? "" : "none";
        if (!bar) return;
        var rect = party.querySelector("rect");
        if (!party.dataset.middle) {
          party.dataset.middle = Number(rect.getAttribute("y")) + Number(rect.getAttribute("height")) / 2;
        }
        rect.setAttribute("y", n(bar[0] / 10));
        rect.setAttribute("height", n(bar[1] / 10));
        var shift = (bar[0] + bar[1] / 2) / 10 - Number(party.dataset.middle);
        party.querySelector("text").setAttribute("transform", "translate(0," + n(shift) + ")");
      });
      svg.querySelectorAll(".band").forEach(function (band) {
        var known = shown.bands[band.dataset.band];
        band.replaceChildren();
        if (!known) return;
        var x = band.dataset.x.split(" ");
        var sums = known.slice(3, 7);
        var total = sums.reduce(function (a, b) { return a + b; }, 0);
        var lie = {
          kind: band.dataset.kind, x0: Number(x[0]), x1: Number(x[1]), y0: known[0] / 10,
          y1: known[1] / 10, lane: known[2] / 10, thick: Math.max((SCALE * total) / 1000, THIN),
        };
        slices(sums, lie.thick).forEach(function (slice) {
          var path = document.createElementNS(SVG, "path");
          path.setAttribute("class", "part " + slice[0]);
          path.setAttribute("d", outline(lie, slice[1], slice[2]));
          band.append(path);
        });
      });
    }

    function words(band, now) {
      var ends = data.bands[band.dataset.band];
      var known = frame(now).bands[band.dataset.band];
      var head = data.names[ends[0]] + " → " + data.names[ends[1]] + ": ";
      if (!known) return head + "nothing known";
      var sums = known.slice(3, 7);
      var told = KINDS.slice(0, 3).map(function (kind, place) {
        return sums[place] ? sum(sums[place]) + " " + WORDS[kind] : "";
      }).filter(Boolean);
      if (sums[3]) told.push("up to " + sum(sums[3]) + " more");
      if (known[7]) told.push("a sum that is not published");
      return head + told.join(", ");
    }

    function show() {
      var now = state();
      said.textContent = month.dataset.said.split("|")[now.month];
      month.setAttribute("aria-valuetext", said.textContent);
      var address = "#web=" + [now.loop, now.count, now.month === Number(month.max) ? "now" : now.month].join(",");
      link.href = address;
      if (isNow(now) && !data) {
        light(now.loop);
        detail.innerHTML = steps(now.loop);
        return Promise.resolve();
      }
      return load().then(function () {
        redraw(now);
        light(now.loop);
        detail.innerHTML = isNow(now) ? steps(now.loop) : told(now);
      });
    }

    function steps(loop) {
      var on = figure.querySelector('.web-steps[data-loop="' + loop + '"]');
      return on ? on.innerHTML : begun;
    }

    // What the lit loop's bands hold in another month: one line a band.
    function told(now) {
      var list = document.createElement("p");
      list.textContent = "At the end of " + said.textContent + ": ";
      var lit = Array.from(svg.querySelectorAll(".band.is-lit"), function (band) { return words(band, now); });
      list.textContent += lit.length ? lit.join("; ") + "." : "point at a band for its sum.";
      return list.outerHTML;
    }

    function point(band) {
      load().then(function () {
        var line = document.createElement("p");
        line.textContent = words(band, state());
        detail.replaceChildren(line);
      });
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      play.textContent = "Play";
    }

    form.addEventListener("input", function () {
      stop();
      show();
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    play.addEventListener("click", function () {
      if (timer) return stop();
      play.textContent = "Pause";
      if (Number(month.value) === Number(month.max)) month.value = month.dataset.from;
      timer = setInterval(function () {
        month.value = Number(month.value) + 1;
        show();
        if (Number(month.value) === Number(month.max)) stop();
      }, 450);
      show();
    });
    ["mouseover", "click", "focusin"].forEach(function (kind) {
      svg.addEventListener(kind, function (event) {
        var band = event.target.closest(".band");
        if (band) point(band);
      });
    });
    // One stop of the Tab key for the whole picture; arrows go from band to band.
    var bands = Array.from(svg.querySelectorAll(".band"));
    bands.forEach(function (band) { band.setAttribute("tabindex", "-1"); });
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("keydown", function (event) {
      var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      var order = bands.filter(function (band) { return band.childElementCount; });
      order.sort(function (a, b) { return b.classList.contains("is-lit") - a.classList.contains("is-lit"); });
      var at = order.indexOf(document.activeElement);
      if (event.key === "Escape") { svg.focus(); show(); return; }
      var next = event.key === "Home" ? 0 : event.key === "End" ? order.length - 1
        : event.key in steps ? (at + steps[event.key] + order.length) % order.length : -1;
      if (next < 0) return;
      event.preventDefault();
      order[next].focus();
    });

    function follow() {
      var found = /^#web=([\w-]*),(\w+),(\w+)$/.exec(location.hash);
      if (!found) return;
      form.elements.loop.value = found[1];
      form.elements.count.value = found[2];
      month.value = found[3] === "now" ? month.max : found[3];
      show();
      figure.scrollIntoView();
    }
    window.addEventListener("hashchange", follow);
    form.hidden = false;
    follow();
    void first;
  }

  document.querySelectorAll("figure[data-web]").forEach(prepare);
})();
