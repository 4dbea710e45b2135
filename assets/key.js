// Copies, saves and prints the words of a recovery key. They are read from the page and never leave it for
// an address or the server; without this script one writes them down or prints the page by hand.
"use strict";

(() => {
  const words = [...document.querySelectorAll(".key-words li")].map((word) => word.textContent.trim()).join(" ");
  const said = document.querySelector("[data-copied]");

  const copier = document.querySelector("[data-copy]");
  // Over plain HTTP a browser offers no clipboard.
  if (navigator.clipboard) {
    copier.hidden = false;
    copier.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(words);
        said.textContent = "Copied. Paste the words where you keep them.";
      } catch {
        said.textContent = "This browser doesn’t let the page copy. Select the words, or write them down.";
      }
    });
  }

  const saver = document.querySelector("[data-download]");
  saver.hidden = false;
  saver.addEventListener("click", () => {
    const text = `Whetstone recovery key\n\n${words}\n\nThese words open your history at\n${saver.dataset.address}\nWhoever has them can read, change and delete all your answers.\n`;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = saver.dataset.download;
    link.click();
    // Some browsers read the text only after the click, or once one has said where to keep it.
    setTimeout(() => URL.revokeObjectURL(link.href), 600000);
    said.textContent = "Saved as a text file.";
  });

  const printer = document.querySelector("[data-print]");
  printer.hidden = false;
  printer.addEventListener("click", () => window.print());
})();
