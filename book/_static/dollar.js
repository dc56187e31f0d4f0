/* Follow one dollar: which step is read now, and the way to the next by button and by arrow key.
   On a wide page the pictures of a loop lie in one place beside the words, and the step that is
   read shows its own (dollar.css). Without this script each step has its picture beside it. */
(function () {
  "use strict";

  var LINE = 0.4; // of the window's height: the last step whose heading is above it is read

  function prepare(steps) {
    var article = steps[0].closest(".bd-article");
    var heads = steps.map(function (step) { return step.querySelector("h3"); });
    var still = window.matchMedia("(prefers-reduced-motion: reduce)");
    var at = null; // -1 before the first step

    // A step's box gives way to the shared place of its loop; its address stays, on its heading.
    steps.forEach(function (step, place) {
      heads[place].id = step.id;
      heads[place].tabIndex = 0;
      step.removeAttribute("id");
      step.classList.add("dollar-step");
      step.parentElement.classList.add("dollar-loop");
    });

    var walk = document.createElement("nav");
    walk.className = "dollar-walk";
    walk.setAttribute("aria-label", "Steps");
    var back = button("Previous step", -1);
    var said = document.createElement("span");
    var on = button("Next step", 1);
    walk.append(back, said, on);
    steps[steps.length - 1].parentElement.after(walk);

    function button(words, way) {
      var one = document.createElement("button");
      one.type = "button";
      one.textContent = words;
      one.addEventListener("click", function () { go(at + way, false); });
      return one;
    }

    function show(place) {
      if (place === at) return;
      at = place;
      steps.forEach(function (step, number) {
        var first = steps.find(function (one) { return one.parentElement === step.parentElement; });
        var isOfLoop = at >= 0 && steps[at].parentElement === step.parentElement;
        step.classList.toggle("is-read", isOfLoop ? number === at : step === first);
        if (number === at) heads[number].setAttribute("aria-current", "step");
        else heads[number].removeAttribute("aria-current");
      });
      back.disabled = at <= 0;
      on.disabled = at === steps.length - 1;
      said.textContent = at < 0 ? steps.length + " steps" : at + 1 + " of " + steps.length;
    }

    function go(place, isByKey) {
      var next = Math.max(0, Math.min(place, steps.length - 1));
      if (isByKey) heads[next].focus({ preventScroll: true });
      heads[next].scrollIntoView({ behavior: still.matches ? "instant" : "smooth", block: "start" });
      show(next);
    }

    function follow() {
      var line = window.innerHeight * LINE;
      var above = heads.filter(function (head) { return head.getBoundingClientRect().top < line; });
      show(above.length - 1);
    }

    article.addEventListener("keydown", function (event) {
      var place = heads.indexOf(event.target);
      var next = { ArrowRight: place + 1, ArrowDown: place + 1, ArrowLeft: place - 1,
        ArrowUp: place - 1, Home: 0, End: heads.length - 1 }[event.key];
      if (place < 0 || next === undefined) return;
      event.preventDefault();
      go(next, true);
    });
    // Whatever of a step has the focus, its picture is seen.
    steps.forEach(function (step, place) {
      step.addEventListener("focusin", function () { show(place); });
    });
    window.addEventListener("scroll", function () {
      article.classList.add("dollar-moves"); // what stands there from the start does not fade in
      follow();
    }, { passive: true });
    window.addEventListener("resize", follow);
    follow();
    var target = heads.find(function (head) { return "#" + head.id === location.hash; });
    if (target) target.scrollIntoView();
  }

  document.addEventListener("DOMContentLoaded", function () {
    var steps = Array.from(document.querySelectorAll(".bd-article section section section"));
    if (steps.length) prepare(steps);
  });
})();
