// Copies, saves and prints what is shown only once: the words of a recovery key, or the link of a share; and copies the
// messages that go with a link, or hands them to the device's own way of sharing. It is read from the page, and never put
// into an address or sent to the server. Without this script people write it down, select it or print the page by hand.
"use strict";

// What is told of a message stands beside its buttons.
for (const button of document.querySelectorAll("[data-copies], [data-shares]")) {
  const { copies, shares } = button.dataset;
  const field = document.getElementById(copies ?? shares), said = document.querySelector(`[data-said="${field.id}"]`);
  if (copies ? !navigator.clipboard : !navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (copies) await navigator.clipboard.writeText(field.value);
      else await navigator.share({ text: field.value });
      said.textContent = copies ? "Copied." : "";
    } catch (error) {
      // Who closes the list of apps has not failed.
      if (error.name !== "AbortError") said.textContent = "This browser doesn’t let the page do that. Select the text and copy it.";
    }
  });
}

(() => {
  const source = document.querySelector("[data-secret]");
  if (!source) return;
  const field = source.tagName === "TEXTAREA" ? source : null;
  const text = field ? field.value : [...source.children].map((word) => word.textContent.trim()).join(" ");
  const said = document.querySelector("[data-copied]");

  if (field) field.addEventListener("focus", () => field.select());

  const copier = document.querySelector("[data-copy]");
  // Over plain HTTP a browser offers no clipboard.
  if (navigator.clipboard) {
    copier.hidden = false;
    copier.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        said.textContent = field ? "Copied." : "Copied. Paste the words where you keep them.";
      } catch {
        said.textContent = field
          ? "This browser doesn’t let the page copy. Select the link and copy it."
          : "This browser doesn’t let the page copy. Select the words, or write them down.";
      }
    });
  }

  const saver = document.querySelector("[data-download]");
  if (saver) {
    saver.hidden = false;
    saver.addEventListener("click", () => {
      const file = `Whetstone recovery key\n\n${text}\n\nThese words open your history at\n${saver.dataset.address}\nWhoever has them can read, change and delete all your answers.\n`;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([file], { type: "text/plain" }));
      link.download = saver.dataset.download;
      link.click();
      // Some browsers read the text only after the click, or once the person has chosen where to save it.
      setTimeout(() => URL.revokeObjectURL(link.href), 600000);
      said.textContent = "Saved as a text file.";
    });
  }

  const printer = document.querySelector("[data-print]");
  if (printer) {
    printer.hidden = false;
    printer.addEventListener("click", () => window.print());
  }
})();
