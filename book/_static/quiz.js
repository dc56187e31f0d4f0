/* Questions that answer by themselves. All it says it reads from the answers below each question;
   without this script they stand there in a fold. An answer is given on "Check", not on choosing:
   with arrow keys a reader passes every option. */
(function () {
  "use strict";

  document.querySelectorAll(".quiz-question").forEach(function (form) {
    var said = form.querySelector(".quiz-said");
    var answers = form.querySelectorAll(".quiz-answers li");
    var options = Array.from(form.querySelectorAll("input[type=radio]"));

    form.querySelector(".quiz-answers").hidden = true;
    form.querySelector(".quiz-buttons").hidden = false;
    // Disabled as it is written: without this script Enter would send the form, and load the page.
    form.querySelector("button").disabled = false;

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var chosen = options.findIndex(function (option) { return option.checked; });
      if (chosen < 0) {
        said.textContent = form.dataset.choose || "Choose an answer first.";
        options[0].focus();
        return;
      }
      said.dataset.right = String("right" in options[chosen].dataset);
      said.textContent =
        answers[chosen].querySelector(":scope > strong").textContent + " " +
        answers[chosen].querySelector(":scope > span").textContent;
    });

    form.addEventListener("change", function () {
      said.textContent = "";
      delete said.dataset.right;
    });
  });
})();
