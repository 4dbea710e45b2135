package browsertest

import (
	"testing"

	"github.com/chromedp/cdproto/browser"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"whetstone/internal/model"
)

// A message goes to the clipboard as it was changed, or to the device's own way of sharing where there is one; and so does
// the reminder, which the page of a link offers while no answer has come.
func TestAMessageIsCopiedOrHandedOn(t *testing.T) {
	t.Parallel()
	served := newServer(t)
	manager := served.newVisitor(t)
	assessment := manager.take("first-team", model.FullForm, mixed)
	share := manager.shares(assessment, shareFields("my mentor"))
	opened := served.newTabOf(t, manager)
	jar := opened.profile.jar.(*chromiumJar)
	for _, permission := range []string{"clipboard-read", "clipboard-write"} {
		_, err := chromedp.CallBrowser(jar.process.context, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: permission}, Setting: browser.PermissionSettingGranted, BrowserContextID: jar.id,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	// Without a way to share there is no button for it; the page itself says no word about it.
	call(opened, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
		Source: `if (!sessionStorage.getItem("shares")) Object.defineProperty(navigator, "share", { value: undefined, configurable: true });
			else Object.defineProperty(navigator, "share", { configurable: true, value: async (what) => {
				if (sessionStorage.getItem("shares") === "closed") throw new DOMException("closed", "AbortError");
				if (sessionStorage.getItem("shares") === "fails") throw new DOMException("no", "NotAllowedError");
				window.shared = what.text;
			} });`,
	})

	opened.open(to.NewShare(assessment))
	opened.click("#label", "")
	opened.types("my mentor")
	opened.click("#sharer", "")
	opened.types("Ada")
	opened.follow("button", "Make the link")
	opened.wait(`document.querySelector("[data-shares]").hidden && !document.querySelector("[data-copies]").hidden`)
	opened.click("#message", "")
	run(opened, `document.querySelector("#message").value += " And thank you."`)
	opened.click("button", "Copy the message")
	opened.wait(`document.querySelector('[data-said="message"]').textContent === "Copied."`)
	run(opened, `navigator.clipboard.readText().then((text) => { window.pasted = text; }); 0`)
	opened.wait(`window.pasted?.endsWith(" And thank you.") && pasted.includes(document.getElementById("link").value)`)

	opened.open(to.Share(share.id))
	opened.wait(`document.querySelector('[data-shares="reminder"]').hidden`)
	opened.click("button", "Copy the reminder")
	opened.wait(`document.querySelector('[data-said="reminder"]').textContent === "Copied."`)
	run(opened, `navigator.clipboard.readText().then((text) => { window.pasted = text; }); 0`)
	opened.wait(`window.pasted === document.getElementById("reminder").value && pasted.length > 40`)

	for how, said := range map[string]string{"works": "", "closed": "", "fails": "This browser doesn’t let the page do that. Select the text and copy it."} {
		run(opened, `sessionStorage.setItem("shares", "`+how+`")`)
		opened.open(to.Share(share.id))
		opened.click("button", "Share the reminder")
		if how == "works" {
			opened.wait(`window.shared === document.getElementById("reminder").value`)
		}
		opened.wait(`document.querySelector('[data-said="reminder"]').textContent === "` + said + `"`)
	}
}
