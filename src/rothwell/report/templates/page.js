"use strict";
const specifications = JSON.parse(document.getElementById("specifications").textContent);
const options = {
  renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true },
};
for (const [name, specification] of Object.entries(specifications)) {
  const place = document.getElementById("chart-" + name);
  vegaEmbed(place, specification, options)
    .then(() => { place.dataset.drawn = "yes"; })
    .catch((problem) => {
      place.textContent = "This chart could not be drawn; the tables hold its numbers.";
      console.error(problem);
    });
}
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});
