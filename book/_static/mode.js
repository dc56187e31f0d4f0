/* Light or dark, before the page is drawn. The theme asks only when all scripts are there, and a
   dark reader would see a white flash. A file, since the pages allow no script of their own text. */
(function (root) {
  "use strict";

  var mode = null;
  try { mode = localStorage.getItem("mode"); } catch (error) { }
  mode = mode || "auto";
  root.dataset.mode = mode;
  root.dataset.theme = mode !== "auto" ? mode
    : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})(document.documentElement);
