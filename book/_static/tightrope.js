/* Figures that answer a pointer, a finger and the keyboard, from the site's own files, also when
   the page lies on a disk. Without this script every picture, table and download is still there.

   A figure that stands still says below itself, in one line, what a mark is. A figure with inputs
   starts the engine of its live chart at the first touch of it, and that touch is not lost. What
   either needs is loaded then and not before. */
(function () {
  "use strict";

  var given = {};
  var loading = {};
  var TEXT = {
    hint: "Point at a mark, or step through the marks with the arrow keys, for its numbers.",
    touch: "Tap a mark for its numbers.",
    inputs: "Move an input, and the picture follows.",
    loading: "Loading the live chart …",
    failed: "The live chart could not be loaded; picture, table and data are complete without it.",
    copied: "Copied.",
    png: "Picture (PNG)",
  };
  var NEAR = 22; // pixels from a mark within which a finger means it

  // Each figure's file calls this: a script may be loaded from a disk, data may not.
  window.tightropeFigure = function (id, drawing) {
    given[id] = drawing;
  };
  // For the scripts of single figures: a file beside the pages, by its name.
  window.tightropeFile = function (figure, name) {
    return load(figure.dataset.root + "figures/" + name + ".js").then(function () {
      return given[name];
    });
  };

  window.tightropeLoad = load;

  function load(address) {
    if (!loading[address]) {
      loading[address] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = address;
        script.onload = resolve;
        script.onerror = function () {
          delete loading[address]; // the next touch tries again
          script.remove();
          reject(new Error("could not load " + address));
        };
        document.head.append(script);
      });
    }
    return loading[address];
  }

  function figureFile(figure) {
    return window.tightropeFile(figure, figure.dataset.figure);
  }

  function shownOf(stage) {
    var sizes = ["wide", "narrow"];
    return sizes.find(function (size) {
      return stage.querySelector(".figure-" + size).getClientRects().length > 0;
    });
  }

  // The line below a figure: what the mark is that a reader points at, taps or steps to.
  function lineOf(figure) {
    var line = document.createElement("p");
    line.className = "figure-line";
    line.setAttribute("role", "status");
    figure.querySelector(".figure-stage").after(line);
    return line;
  }

  function tell(figure) {
    var stage = figure.querySelector(".figure-stage");
    var marks = Array.from(stage.querySelectorAll("[data-tip]"));
    if (!marks.length || figure.querySelector(".figure-controls")) return;
    var line = lineOf(figure);
    var told = null;
    line.textContent = matchMedia("(hover: hover)").matches ? TEXT.hint : TEXT.touch;

    function say(mark) {
      if (mark === told) return;
      told = mark;
      marks.forEach(function (one) {
        one.classList.toggle("is-told", Boolean(mark) && one.dataset.tip === mark.dataset.tip &&
          one.ownerSVGElement === mark.ownerSVGElement);
      });
      if (!mark) return;
      figureFile(figure).then(function (file) {
        var size = mark.closest(".figure-narrow") ? "narrow" : "wide";
        if (told === mark) line.textContent = file[size][Number(mark.dataset.tip)];
      }, function () {});
    }

    // A finger is wider than a mark: the nearest counts.
    function nearest(event) {
      var direct = event.target.closest("[data-tip]");
      if (direct) return direct;
      var best = null;
      var reach = NEAR;
      marks.forEach(function (mark) {
        var box = mark.getBoundingClientRect();
        if (!box.width && !box.height) return;
        var x = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
        var y = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
        var far = Math.hypot(x, y);
        if (far < reach) {
          best = mark;
          reach = far;
        }
      });
      return best;
    }

    stage.addEventListener("pointerover", function (event) {
      var mark = event.target.closest("[data-tip]");
      if (mark && event.pointerType === "mouse") say(mark);
    });
    stage.addEventListener("click", function (event) {
      say(nearest(event));
    });
    steps(stage, function () {
      var size = shownOf(stage);
      var seen = {};
      return Array.from(stage.querySelectorAll(".figure-" + size + " [data-tip]")).filter(function (mark) {
        var isFirst = !seen[mark.dataset.tip];
        seen[mark.dataset.tip] = true;
        return isFirst;
      });
    }, say);
  }

  // One stop of the Tab key for a whole picture; the arrows go from mark to mark.
  function steps(stage, marksNow, say) {
    var at = -1;
    stage.tabIndex = 0;
    stage.setAttribute("role", "group");
    stage.setAttribute("aria-label", stage.closest("figure").querySelector(".figure-title").textContent);
    stage.addEventListener("keydown", function (event) {
      if (event.target !== stage) return;
      var marks = marksNow();
      var next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
        Home: 0, End: marks.length - 1 }[event.key];
      if (event.key === "Escape") {
        at = -1;
        say(null);
      }
      if (next === undefined || !marks.length) return;
      event.preventDefault();
      at = (next + marks.length) % marks.length;
      say(marks[at]);
    });
  }

  // A live chart: its inputs are the page's own; the engine comes at the first touch.
  function move(figure) {
    var form = figure.querySelector(".figure-controls");
    if (!form || figure.dataset.script) return;
    var stage = figure.querySelector(".figure-stage");
    var line = lineOf(figure);
    var views = {};
    var started = null;
    line.textContent = TEXT.inputs;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });

    function values() {
      var found = {};
      Array.from(form.elements).forEach(function (input) {
        if (!input.name || (input.type === "radio" && !input.checked)) return;
        found[input.name] = input.type === "range" ? Number(input.value) : input.value;
      });
      return found;
    }

    function words(view) {
      form.querySelectorAll("input[type=range]").forEach(function (slider) {
        var name = slider.name + "_words";
        if (!(name in view.getState().signals)) return;
        var said = view.signal(name);
        slider.parentElement.querySelector(".figure-value").textContent = said;
        slider.setAttribute("aria-valuetext", said);
      });
    }

    function apply(view) {
      var wanted = values();
      Object.keys(wanted).forEach(function (name) {
        view.signal(name, wanted[name]);
      });
      return view.runAsync().then(function () {
        words(view);
      });
    }

    // The stylesheet alone decides which drawing fits; the other one is not displayed.
    function draw() {
      var size = shownOf(stage);
      if (!size) return Promise.resolve();
      if (views[size]) return views[size].then(apply);
      var holder = stage.querySelector(".figure-" + size);
      var chart = document.createElement("div");
      chart.className = "figure-chart";
      holder.append(chart);
      var drawing = given[figure.dataset.figure];
      var spec = Object.assign({}, drawing[size], { description: drawing.description });
      views[size] = window
        .vegaEmbed(chart, spec, {
          renderer: "svg",
          actions: false,
          defaultStyle: false,
          ast: true, // formulas are read, not run as scripts: the page's policy allows no eval
          tooltip: function (handler, event, item, value) {
            if (value) line.textContent = typeof value === "object" ? Object.values(value).join(" ") : String(value);
          },
        })
        .then(function (result) {
          return apply(result.view).then(function () {
            holder.classList.add("is-live");
            return result.view;
          });
        })
        .catch(function (error) {
          chart.remove();
          delete views[size];
          throw error;
        });
      return views[size];
    }

    function start() {
      if (!started) {
        line.textContent = TEXT.loading;
        started = load(figure.dataset.root + "figures/vega.js")
          .then(function () {
            return figureFile(figure);
          })
          .then(function () {
            line.textContent = TEXT.inputs;
          });
        started.catch(function () {
          started = null;
          line.textContent = TEXT.failed;
        });
      }
      return started.then(draw).catch(function () {});
    }

    ["pointerdown", "focusin", "keydown"].forEach(function (kind) {
      figure.querySelector(".figure-stage").addEventListener(kind, start);
      form.addEventListener(kind, start);
    });
    form.addEventListener("input", start);
    form.addEventListener("reset", function () {
      setTimeout(start); // the inputs are set back after this event
    });
    new ResizeObserver(function () {
      if (stage.querySelector(".is-live")) start();
    }).observe(stage);
  }

  // What a reader takes away: a picture in pixels, and texts to copy.
  function share(figure) {
    var tools = figure.querySelector(".figure-tools");
    if (!tools) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "figure-png";
    button.textContent = TEXT.png;
    button.addEventListener("click", function () {
      picture(figure);
    });
    tools.querySelector("a").before(button);
    figure.querySelectorAll(".figure-share code").forEach(function (code) {
      code.textContent = code.textContent.replace(/(<iframe src=")([^"]*)/, function (_, before, address) {
        return before + new URL(address, location.href).href;
      });
      var copy = document.createElement("button");
      copy.type = "button";
      copy.textContent = "Copy";
      copy.addEventListener("click", function () {
        navigator.clipboard.writeText(code.textContent).then(function () {
          copy.textContent = TEXT.copied;
        });
      });
      code.after(copy);
    });
  }

  // The drawing that is shown, with its title and where it is from, at twice its size, on the
  // page's own ground and in its own ink.
  function picture(figure) {
    var shown = shownOf(figure.querySelector(".figure-stage"));
    var svg = Array.from(figure.querySelectorAll(".figure-" + shown + " svg")).find(function (one) {
      return one.getClientRects().length > 0;
    }).cloneNode(true);
    var page = getComputedStyle(document.body);
    var wide = Number(svg.getAttribute("width"));
    var high = Number(svg.getAttribute("height"));
    var texts = [
      { text: figure.querySelector(".figure-title").textContent, font: "bold 18px ", line: 23 },
      { text: figure.querySelector(".figure-subtitle").textContent, font: "13px ", line: 18 },
    ];
    var from = { text: document.title + " · figure " + figure.dataset.figure, font: "12px ", line: 18 };
    var canvas = document.createElement("canvas");
    var context = canvas.getContext("2d");
    var edge = 16;

    // The lines of a text, and where the next one begins; drawn only with a place.
    function write(one, y, isDrawn) {
      context.font = one.font + page.fontFamily;
      context.fillStyle = page.color;
      var line = "";
      (one.text + " ").split(/\s+/).forEach(function (word, place, all) {
        var longer = line ? line + " " + word : word;
        if (place === all.length - 1 || context.measureText(longer).width > wide) {
          if (isDrawn) context.fillText(line, edge, y + one.line - 5);
          y += one.line;
          line = word;
        } else {
          line = longer;
        }
      });
      return y;
    }

    function lay(isDrawn, image) {
      var y = texts.reduce(function (below, one) { return write(one, below, isDrawn); }, edge) + 10;
      if (isDrawn) context.drawImage(image, edge, y, wide, high);
      return write(from, y + high + 8, isDrawn) + edge;
    }

    var image = new Image();
    image.onload = function () {
      canvas.width = 2 * (wide + 2 * edge);
      canvas.height = 2 * lay(false);
      context.scale(2, 2);
      context.fillStyle = page.backgroundColor;
      context.fillRect(0, 0, canvas.width, canvas.height);
      lay(true, image);
      var link = document.createElement("a");
      link.download = figure.dataset.figure + ".png";
      link.href = canvas.toDataURL("image/png");
      link.click();
    };
    svg.style.color = page.color;
    image.src = "data:image/svg+xml," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  }

  // A link into a fold, or to one, opens it.
  function unfold() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var fold = target && target.closest("details");
    if (!fold) return;
    for (; fold; fold = fold.parentElement.closest("details")) fold.open = true;
    target.scrollIntoView();
  }

  function prepare(figure) {
    tell(figure);
    move(figure);
    share(figure);
  }

  window.addEventListener("hashchange", unfold);
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".figure-twin").forEach(function (figure, place) {
      // The first may be on the screen, where nothing should move once it is there. Each of the
      // others has a task of its own: in between the browser answers a finger.
      if (place) setTimeout(prepare, 0, figure);
      else prepare(figure);
    });
    unfold();
  });

  // The theme has looked for code that scrolls where it could be seen; here is what a fold hid.
  document.addEventListener("toggle", function (event) {
    if (!event.target.open) return;
    event.target.querySelectorAll("pre, .output").forEach(function (block) {
      block.tabIndex = block.scrollWidth > block.clientWidth ? 0 : -1;
    });
  }, true);
})();
