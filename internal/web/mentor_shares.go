package web

import (
	"net/http"
	"net/url"
	"strconv"
	"whetstone/internal/app"

	"whetstone/internal/model"
	"whetstone/internal/text"
	depthview "whetstone/views/depth"
	"whetstone/views/kit"
	mentorview "whetstone/views/mentor"
	resultsview "whetstone/views/results"

	"github.com/a-h/templ"
)

const shareTitle = "Share this result"

func (s *Server) sharesPage(who visitor, title string) kit.Page {
	page := s.page(who, title)
	page.Current = "shares"
	return page
}

func (s *Server) shareForm(w http.ResponseWriter, r *http.Request, who visitor) error {
	offered, err := s.app.ShareForm(r.Context(), who.manager, r.PathValue("assessment"), r.URL.Query().Get("again"))
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.ShareForm(s.sharesPage(who, shareTitle), mentorview.ShareFormProps{ShareForm: offered, Addressable: s.addressable(who, offered.Input)}))
}

// makeShare makes the link, previews what it will show, or leads back from the preview. The page with the link is the
// answer itself, without a redirect: an address or a session would have to carry the secret. A form that is sent again
// leads to the share, and says that the link was already shown.
func (s *Server) makeShare(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, input := r.PathValue("assessment"), shareInput(fields)
	if fields.Get("go") == "edit" {
		return s.shareFormAgain(w, r, who, http.StatusOK, s.sharesPage(who, shareTitle), input)
	}
	if err := s.unaddressable(who, input); err != nil {
		return s.shareRefused(w, r, who, input, err)
	}
	if fields.Get("go") == "preview" {
		preview, err := s.app.PreviewShare(r.Context(), who.manager, id, input)
		if err == nil {
			return s.renderPreview(w, r, who, mentorview.SharePreviewProps{SharePreview: preview, AssessmentID: id, Input: input})
		}
		return s.shareRefused(w, r, who, input, err)
	}
	input.From = s.clientCode(r)
	made, err := s.app.MakeShare(r.Context(), who.manager, id, input)
	if err != nil {
		return s.shareRefused(w, r, who, input, err)
	}
	if made.Secret == "" {
		return redirect(w, r, s.paths.Share(made.Share.ID)+"?again")
	}
	address := s.absolute(s.paths.OpenShare(made.Secret))
	code, err := qrCode(address)
	if err != nil {
		return err
	}
	page := s.sharesPage(who, "The link for “"+text.Isolated(made.Share.Label)+"”")
	page.Sharing = true
	told(w, s.paths.Share(made.Share.ID)+"?again")
	return s.render(w, r, http.StatusOK, mentorview.MadeShare(page, mentorview.MadeShareProps{MadeShare: made, Address: address, QR: code}))
}

// addressable reports whether a link can be for one person alone: where people sign in by something that confirms their
// address. What was typed before that ended can be seen and changed still.
func (s *Server) addressable(who visitor, input model.ShareInput) bool {
	return s.signsIn(who) && !s.shared(who) || input.Address != ""
}

// signsIn reports whether people sign in here by something that confirms their mail address.
func (s *Server) signsIn(who visitor) bool {
	return who.open.Has(model.ByOpenID) || who.open.Has(model.ByProxy) || s.mails(who)
}

// unaddressable refuses a link for one person alone where nobody could prove to be that person.
func (s *Server) unaddressable(who visitor, input model.ShareInput) error {
	if input.Address == "" || s.addressable(who, model.ShareInput{}) {
		return nil
	}
	return model.InvalidFields([]model.FieldError{{Field: "address", Message: "Nobody can sign in here by a mail address, so nobody could open the link. Leave this empty."}})
}

func shareInput(fields url.Values) model.ShareInput {
	ticked := func(name string) bool { return fields.Get(name) == "yes" }
	return model.ShareInput{
		Form: fields.Get("form"), Again: fields.Get("again"), Label: fields.Get("label"), Sharer: fields.Get("sharer"), Question: fields.Get("question"), Address: fields.Get("address"),
		Competencies: fields["competency"], Commitments: fields["commitment"], Days: fields.Get("days"),
		Result: ticked("result"), History: ticked("history"), Notes: ticked("notes"), Rating: ticked("rating"), Log: ticked("log"), Map: ticked("map"),
	}
}

// shareRefused shows the form again, as it was typed, with what is wrong.
func (s *Server) shareRefused(w http.ResponseWriter, r *http.Request, who visitor, input model.ShareInput, err error) error {
	page, bad := withErrors(s.sharesPage(who, shareTitle), err)
	if !bad {
		return err
	}
	page.ErrorsTitle = "Before the link can be made"
	return s.shareFormAgain(w, r, who, http.StatusUnprocessableEntity, page, input)
}

func (s *Server) shareFormAgain(w http.ResponseWriter, r *http.Request, who visitor, status int, page kit.Page, input model.ShareInput) error {
	offered, err := s.app.ShareForm(r.Context(), who.manager, r.PathValue("assessment"), input.Again)
	if err != nil {
		return err
	}
	usual := offered.Input.Days
	if input.Form == "" {
		input.Form = offered.Input.Form
	}
	offered.Input = input
	return s.render(w, r, status, mentorview.ShareForm(page, mentorview.ShareFormProps{ShareForm: offered, Addressable: s.addressable(who, input), MoreOpen: input.Days != usual}))
}

func (s *Server) renderPreview(w http.ResponseWriter, r *http.Request, who visitor, props mentorview.SharePreviewProps) error {
	if props.Result != nil {
		charts, err := resultsview.Charts(props.Result)
		if err != nil {
			return err
		}
		props.ResultContent = func(page kit.Page) templ.Component { return resultsview.ResultContent(page, charts) }
	}
	if props.History != nil {
		props.HistoryContent = func(page kit.Page) templ.Component { return resultsview.HistoryContent(page, props.History.History) }
	}
	if props.Map != nil {
		props.MapContent = func(page kit.Page) templ.Component {
			return depthview.SharedContent(page, props.Map.Reading, props.Map.Shared.Share.Sharer)
		}
	}
	return s.render(w, r, http.StatusOK, mentorview.SharePreview(s.sharesPage(who, "What they will see"), props))
}

func (s *Server) shares(w http.ResponseWriter, r *http.Request, who visitor) error {
	shares, err := s.app.Shares(r.Context(), who.manager)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, mentorview.Shares(s.sharesPage(who, "Your shares"), shares))
}

func (s *Server) share(w http.ResponseWriter, r *http.Request, who visitor) error {
	detail, err := s.app.Share(r.Context(), who.manager, r.PathValue("share"))
	if err != nil {
		return err
	}
	query := r.URL.Query()
	props := mentorview.ShareProps{ShareDetail: detail, Again: query.Has("again"), Extended: query.Has("extended"), Days: strconv.Itoa(model.UsualShare), Seen: app.SeenEnd(detail.Share)}
	return s.render(w, r, http.StatusOK, mentorview.Share(s.sharesPage(who, text.Isolated(detail.Share.Label)), props))
}

func (s *Server) sharePreview(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("share")
	preview, err := s.app.SharePreview(r.Context(), who.manager, id)
	if err != nil {
		return err
	}
	return s.renderPreview(w, r, who, mentorview.SharePreviewProps{SharePreview: preview, ShareID: id})
}

func (s *Server) extendShare(w http.ResponseWriter, r *http.Request, who visitor) error {
	fields, err := form(r)
	if err != nil {
		return err
	}
	id, days := r.PathValue("share"), fields.Get("days")
	seen, keeps := counted(fields, mentorview.EndItem, fieldsSeen(fields, "days"))
	if !keeps {
		err = s.app.ExtendShare(r.Context(), who.manager, id, days, seen)
	}
	if page, status := refused(s.sharesPage(who, "A share"), err); status != 0 {
		return s.shareAgain(w, r, who, page, status, mentorview.ShareProps{Days: days, Seen: seen})
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Share(id)+"?extended")
}

// shareAgain shows the page of a share with what is wrong, or what was changed elsewhere.
func (s *Server) shareAgain(w http.ResponseWriter, r *http.Request, who visitor, page kit.Page, status int, props mentorview.ShareProps) error {
	detail, err := s.app.Share(r.Context(), who.manager, r.PathValue("share"))
	if err != nil {
		return err
	}
	page.Title = text.Isolated(detail.Share.Label)
	props.ShareDetail = detail
	if status == http.StatusConflict {
		props.Changed = &kit.Changed{Item: mentorview.EndItem, Seen: app.SeenEnd(detail.Share), Level: "It opens until " + page.Day(detail.Share.ExpiresAt)}
	}
	return s.render(w, r, status, mentorview.Share(page, props))
}

// removeShare removes an ended share from the list.
func (s *Server) removeShare(w http.ResponseWriter, r *http.Request, who visitor) error {
	err := s.app.RemoveShare(r.Context(), who.manager, r.PathValue("share"))
	if page, bad := withErrors(s.sharesPage(who, "A share"), err); bad {
		page.ErrorsTitle = "Not removed"
		return s.shareAgain(w, r, who, page, http.StatusUnprocessableEntity, mentorview.ShareProps{Days: strconv.Itoa(model.UsualShare)})
	}
	if err != nil {
		return err
	}
	return redirect(w, r, s.paths.Shares())
}

func (s *Server) revokeShare(w http.ResponseWriter, r *http.Request, who visitor) error {
	id := r.PathValue("share")
	if err := s.app.RevokeShare(r.Context(), who.manager, id); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Share(id))
}

func (s *Server) revokeShares(w http.ResponseWriter, r *http.Request, who visitor) error {
	if _, err := s.app.RevokeShares(r.Context(), who.manager); err != nil {
		return err
	}
	return redirect(w, r, s.paths.Shares())
}
