// Fills hidden [data-browser-time-zone] inputs with the zone that the browser keeps.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const input of document.querySelectorAll("input[data-browser-time-zone]")) {
  if (zone && !input.value) {
    input.value = zone;
  }
}
