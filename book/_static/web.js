/* The web of payments: a loop to light, what to count, a day to show. Without this script the
   picture stands as it is, with its largest loop lit. What a day holds comes from a file of its
   own at the first touch of a control that needs it; where a band lies is the package's answer
   (charts/web), and only its outline is drawn here as charts/web/paths.py draws it. */
(function () {
  "use strict";

  var THIN = 1.2;
  var SCALE = 0.3;
  var KINDS = ["paid", "signed", "talked", "high"];
  var WORDS = { paid: "paid", signed: "signed", talked: "talked about" };
  var SVG = "http://www.w3.org/2000/svg";
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
    var svg = figure.querySelector(".figure-wide svg");
    var form = figure.querySelector(".web-controls");
    var detail = figure.querySelector(".web-detail");
    var line = detail.querySelector(".web-told");
    var slider = form.elements.day;
    var days = slider.dataset.days.split("|");
    var said = slider.parentElement.querySelector(".figure-value");
    var play = form.querySelector(".web-play");
    var link = form.querySelector(".web-link");
    var bands = Array.from(svg.querySelectorAll(".band"));
    var scale = Number(svg.dataset.scale) || SCALE;
    var data = null;
    var added = {};
    var timer = null;
    var step = 0;

    function load() {
      return window.tightropeFile(figure, figure.dataset.figure + "-states").then(function (states) {
        data = states;
      });
    }

    function state() {
      return {
        loop: form.elements.loop.value,
        count: form.elements.count.value,
        day: Number(slider.value),
      };
    }

    // The last stop of a slider that is not after a day; days are written YYYY-MM-DD.
    function upTo(day) {
      return Math.max(days.filter(function (one) { return one <= day; }).length - 1, 0);
    }

    // The last stop in the month of a stop.
    function endOfMonth(stop) {
      return upTo(days[Math.min(stop, days.length - 1)].slice(0, 7) + "-31");
    }

    function written(day) {
      var form = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
      return new Date(day + "T00:00:00Z").toLocaleDateString("en-GB", form);
    }

    var first = state();

    function isFirst(now) {
      return now.day === first.day && now.count === first.count;
    }

    function pairsOf(loop) {
      var radio = form.querySelector('[name="loop"][value="' + loop + '"]');
      return radio.dataset.bands ? radio.dataset.bands.split("|") : [];
    }

    function light(now) {
      var pairs = pairsOf(now.loop);
      var parties = pairs.join(" ").split(" ");
      var one = steps(now.loop)[step - 1];
      var own = one ? one.dataset.ends.split("|") : pairs;
      bands.forEach(function (band) {
        var lit = pairs.indexOf(band.dataset.ends) >= 0;
        band.classList.toggle("is-lit", lit);
        band.classList.toggle("is-aside", lit && own.indexOf(band.dataset.ends) < 0);
        if (lit) svg.insertBefore(band, svg.querySelector("[data-party]"));
      });
      svg.querySelectorAll("[data-party]").forEach(function (party) {
        var lit = parties.indexOf(party.dataset.party) >= 0;
        party.querySelectorAll(".bar, .name").forEach(function (part) {
          part.classList.toggle("is-lit", lit);
        });
      });
      svg.querySelectorAll(".loop").forEach(function (loop) {
        loop.classList.toggle("is-lit", loop.dataset.loop === now.loop && isFirst(now));
      });
      figure.querySelectorAll(".web-one, .web-steps").forEach(function (part) {
        part.hidden = part.dataset.loop !== now.loop;
      });
      figure.querySelectorAll(".web-one .band").forEach(function (band) {
        band.classList.toggle("is-aside", own.indexOf(band.dataset.ends) < 0);
      });
      steps(now.loop).forEach(function (item, place) {
        if (place === step - 1) item.setAttribute("aria-current", "step");
        else item.removeAttribute("aria-current");
      });
    }

    function steps(loop) {
      return Array.from(figure.querySelectorAll('.web-steps[data-loop="' + loop + '"] li'));
    }

    // The file holds what differs from day to day; added up, day by day, and kept.
    function frame(now) {
      var frames = data.frames[now.count];
      var sums = (added[now.count] = added[now.count] || []);
      for (var day = sums.length; day <= now.day; day += 1) {
        var before = sums[day - 1] || { bars: {}, bands: {} };
        sums.push(frames[day] ? changed(before, frames[day]) : before);
      }
      return sums[now.day];
    }

    function changed(before, difference) {
      var after = {};
      ["bars", "bands"].forEach(function (kind) {
        after[kind] = Object.assign({}, before[kind]);
        Object.entries(difference[kind] || {}).forEach(function (entry) {
          if (entry[1]) after[kind][entry[0]] = entry[1];
          else delete after[kind][entry[0]];
        });
      });
      return after;
    }

    function redraw(now) {
      var shown = frame(now);
      var parties = Object.keys(data.names);
      svg.querySelectorAll("[data-party]").forEach(function (party) {
        var bar = shown.bars[parties.indexOf(party.dataset.party)];
        party.style.display = bar ? "" : "none";
        if (!bar) return;
        var rect = party.querySelector("rect");
        var name = party.querySelector("text");
        if (!party.dataset.y) {
          party.dataset.y = rect.getAttribute("y");
          party.dataset.height = rect.getAttribute("height");
        }
        var half = name.dataset.at === "middle" ? (bar[1] / 10 - Number(party.dataset.height)) / 2 : 0;
        var shift = bar[0] / 10 - Number(party.dataset.y) + half;
        rect.setAttribute("y", n(bar[0] / 10));
        rect.setAttribute("height", n(bar[1] / 10));
        name.setAttribute("transform", "translate(0," + n(shift) + ")");
      });
      bands.forEach(function (band) {
        var known = shown.bands[band.dataset.band];
        band.replaceChildren();
        if (!known) return;
        var x = band.dataset.x.split(" ");
        var tops = data.bands[band.dataset.band].slice(0, 2).map(function (party) {
          return shown.bars[parties.indexOf(party)][0];
        });
        var sums = known.slice(3, 7);
        var total = sums.reduce(function (a, b) { return a + b; }, 0);
        var lie = {
          kind: band.dataset.kind, x0: Number(x[0]), x1: Number(x[1]), y0: (tops[0] + known[0]) / 10,
          y1: (tops[1] + known[1]) / 10, lane: known[2] / 10, thick: Math.max((scale * total) / 1000, THIN),
        };
        slices(sums, lie.thick).forEach(function (slice) {
          var path = document.createElementNS(SVG, "path");
          path.setAttribute("class", "part " + slice[0]);
          path.setAttribute("d", outline(lie, slice[1], slice[2]));
          band.append(path);
        });
      });
    }

    // What a band holds, in the words of the legend; nothing is said to be paid that is not known.
    function words(band, now) {
      var ends = data.bands[band.dataset.band];
      var known = frame(now).bands[band.dataset.band];
      var head = data.names[ends[0]] + " → " + data.names[ends[1]] + ": ";
      if (!known) return head + "none known";
      var sums = known.slice(3, 7);
      var told = KINDS.slice(0, 3).map(function (kind, place) {
        return sums[place] ? sum(sums[place]) + " " + WORDS[kind] : "";
      }).filter(Boolean);
      if (sums[3]) told.push("up to " + sum(sums[3]) + " more");
      if (known[7]) told.push(told.length ? "no upper end" : "no sum published");
      return head + told.join(", ");
    }

    function show() {
      var now = state();
      said.textContent = written(days[now.day]);
      slider.setAttribute("aria-valuetext", said.textContent);
      link.href = "#web=" + [now.loop, now.count, now.day === days.length - 1 ? "now" : days[now.day]].join(",");
      line.hidden = true;
      if (isFirst(now) && !data) {
        light(now);
        return Promise.resolve();
      }
      return load().then(function () {
        // The reader may have gone on while the file was read: what counts is what is set now.
        now = state();
        redraw(now);
        light(now);
        if (isFirst(now)) return;
        var lit = bands.filter(function (band) { return band.classList.contains("is-lit"); });
        line.hidden = false;
        line.textContent = "As known on " + said.textContent + ": " + (lit.length
          ? lit.map(function (band) { return words(band, now); }).join("; ") + "."
          : "point at a band for its sum.");
      }, function () {});
    }

    function point(band) {
      load().then(function () {
        line.hidden = false;
        line.textContent = words(band, state()) + ".";
      }, function () {});
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      play.textContent = "Play";
    }

    form.addEventListener("input", function (event) {
      stop();
      if (event.target.name === "loop") step = 0;
      show();
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    play.addEventListener("click", function () {
      if (timer) {
        stop();
        return;
      }
      play.textContent = "Pause";
      if (slider.value === slider.max) slider.value = slider.dataset.from;
      show();
      timer = setInterval(function () {
        slider.value = endOfMonth(Number(slider.value) + 1);
        show();
        if (slider.value === slider.max) stop();
      }, 500);
    });

    // Step by step: a step of the lit loop is lit alone.
    figure.querySelectorAll(".web-steps").forEach(function (box) {
      var all = box.querySelectorAll("li").length;
      if (!all) return;
      var row = document.createElement("p");
      row.className = "web-walk";
      [["Previous step", -1], ["Next step", 1]].forEach(function (way) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = way[0];
        button.addEventListener("click", function () {
          step = (step + way[1] + all + 1) % (all + 1);
          light(state());
        });
        row.append(button);
      });
      box.append(row);
    });

    ["pointerover", "click", "focusin"].forEach(function (kind) {
      svg.addEventListener(kind, function (event) {
        var band = event.target.closest(".band");
        if (band) point(band);
      });
    });
    // One stop of the Tab key for the whole picture; arrows go from band to band, the lit first.
    bands.forEach(function (band) { band.setAttribute("tabindex", "-1"); });
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("keydown", function (event) {
      var order = bands.filter(function (band) { return band.childElementCount; });
      order.sort(function (a, b) {
        return b.classList.contains("is-lit") - a.classList.contains("is-lit");
      });
      var at = order.indexOf(document.activeElement);
      var next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
        Home: 0, End: order.length - 1 }[event.key];
      if (event.key === "Escape") {
        svg.focus();
        show();
      }
      if (next === undefined) return;
      event.preventDefault();
      order[(next + order.length) % order.length].focus();
    });

    // The address holds the state.
    function follow() {
      var found = /^#web=([\w-]+),(\w+),(now|\d{4}-\d\d-\d\d)$/.exec(location.hash);
      if (!found) return;
      form.elements.loop.value = found[1];
      form.elements.count.value = found[2];
      slider.value = found[3] === "now" ? slider.max : upTo(found[3]);
      step = 0;
      show();
      figure.scrollIntoView();
    }
    window.addEventListener("hashchange", follow);
    show();
    follow();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll('figure[data-script="web.js"]').forEach(function (figure) {
      // A task of its own: in between the browser answers a finger.
      setTimeout(prepare, 0, figure);
    });
  });
})();
