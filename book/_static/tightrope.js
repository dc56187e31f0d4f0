/* The live chart: on request, from the site's own files, also when the page lies on a disk.
   Without this script every picture, table and download is still there. */
(function () {
  "use strict";

  var drawings = {};
  var loading = {};
  var TEXT = {
    explore: "Explore the chart",
    back: "Back to the picture",
    loading: "Loading the live chart …",
    live: "The chart is live: point at a mark for its numbers. The table below holds all of them.",
    picture: "The picture is back.",
    failed: "The live chart could not be loaded; picture, table and data are complete without it.",
  };

  // Each figure's file calls this: a script may be loaded from a disk, data may not.
  window.tightropeFigure = function (id, drawing) {
    drawings[id] = drawing;
  };

  function load(address) {
    if (!loading[address]) {
      loading[address] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = function () {
          delete loading[address]; // the next click tries again
          script.remove();
          reject(new Error("could not load " + address));
        };
        document.head.append(script);
      });
    }
    return loading[address];
  }

  // A chart's own inputs: choices that belong together are a group, and a slider whose chart has a
  // signal "<its name>_words" shows and says these words in place of a bare number.
  function nameInputs(chart, view) {
    chart.querySelectorAll(".vega-bind").forEach(function (choice) {
      var name = choice.querySelector(".vega-bind-name");
      if (name && choice.querySelector(".vega-bind-radio")) {
        choice.setAttribute("role", "group");
        choice.setAttribute("aria-label", name.textContent.trim());
      }
      var slider = choice.querySelector('input[type="range"]');
      var signal = slider && slider.name + "_words";
      if (!slider || !(signal in view.getState().signals)) return;
      var value = document.createElement("span");
      value.className = "figure-value";
      if (slider.nextElementSibling) slider.nextElementSibling.hidden = true; // the bare number
      slider.after(value);
      function say(_, words) {
        value.textContent = words;
        slider.setAttribute("aria-valuetext", words);
      }
      say(signal, view.signal(signal));
      view.addSignalListener(signal, say);
    });
  }

  function prepare(figure) {
    var button = figure.querySelector(".figure-live");
    var stage = figure.querySelector(".figure-stage");
    if (!button || !stage) return;
    var id = figure.dataset.figure;
    var root = button.dataset.root;
    var holders = ["wide", "narrow"].map(function (size) {
      return { size: size, element: stage.querySelector(".figure-" + size), view: null };
    });
    var message = document.createElement("p");
    message.className = "figure-message";
    message.setAttribute("role", "status");
    button.parentElement.append(message);
    button.hidden = false;

    // The stylesheet alone decides which drawing fits; the other one is not displayed.
    function draw() {
      var shown = holders.find(function (holder) {
        return holder.element.getClientRects().length > 0;
      });
      if (!shown || shown.view) return Promise.resolve();
      var chart = document.createElement("div");
      chart.className = "figure-chart";
      shown.element.append(chart);
      shown.view = {}; // taken, so that a resize meanwhile does not draw twice
      var spec = Object.assign({}, drawings[id][shown.size], {
        description: drawings[id].description,
      });
      return window
        .vegaEmbed(chart, spec, {
          renderer: "svg",
          actions: false,
          defaultStyle: false,
          tooltip: { theme: "tightrope", disableDefaultStyle: true },
        })
        .then(function (result) {
          shown.view = result;
          nameInputs(chart, result.view);
          shown.element.classList.add("is-live");
        })
        .catch(function (error) {
          chart.remove();
          shown.view = null;
          throw error;
        });
    }

    function start() {
      message.textContent = TEXT.loading;
      button.setAttribute("aria-disabled", "true");
      return load(root + "figures/vega.js")
        .then(function () {
          return load(root + "figures/" + id + ".js");
        })
        .then(draw)
        .then(function () {
          figure.classList.add("is-live");
          button.textContent = TEXT.back;
          message.textContent = TEXT.live;
        })
        .catch(function () {
          stop(TEXT.failed);
        })
        .then(function () {
          button.removeAttribute("aria-disabled");
        });
    }

    function stop(text) {
      holders.forEach(function (holder) {
        if (holder.view && holder.view.finalize) holder.view.finalize();
        holder.view = null;
        holder.element.classList.remove("is-live");
        var chart = holder.element.querySelector(".figure-chart");
        if (chart) chart.remove();
      });
      figure.classList.remove("is-live");
      button.textContent = TEXT.explore;
      message.textContent = text;
    }

    button.addEventListener("click", function () {
      if (button.getAttribute("aria-disabled")) return;
      if (figure.classList.contains("is-live")) stop(TEXT.picture);
      else start();
    });
    new ResizeObserver(function () {
      if (figure.classList.contains("is-live")) {
        draw().catch(function () {
          stop(TEXT.failed);
        });
      }
    }).observe(stage);
  }

  // Search results show passages of the pages, which a page on a disk may not fetch.
  if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS === "object") {
    DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  }

  // A link into a fold, or to one, opens it.
  function unfold() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var fold = target && target.closest("details");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  }

  window.addEventListener("hashchange", unfold);
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".figure-twin").forEach(prepare);
    unfold();
  });
})();
