package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"dateline/account"
	"dateline/export"
	"dateline/news"
)

const (
	// mostBody bounds a request that brings pages.
	mostBody = 64 << 20
	// mostPage bounds one page, as the command line does.
	mostPage = 64 << 20
)

// A Document is a page that is handed in.
type Document struct {
	Name      string     `json:"name,omitempty" maxLength:"2048" doc:"How it is called in every answer; its url if not given"`
	URL       string     `json:"url,omitempty" maxLength:"2048" doc:"Where it was fetched from: it names the page, and a later version of it is a new revision"`
	Outlet    string     `json:"outlet,omitempty" maxLength:"200" doc:"Whose page it is, if it does not say"`
	Fetched   *time.Time `json:"fetched,omitempty" doc:"When it was fetched; unknown if not given, and then \"21 minutes ago\" is not resolved"`
	MediaType string     `json:"media_type,omitempty" enum:"text/html,text/plain" doc:"text/plain if not given"`
	Charset   string     `json:"charset,omitempty" maxLength:"40" doc:"As the server said it"`
	Text      string     `json:"text,omitempty" doc:"The page as text"`
	Base64    string     `json:"base64,omitempty" doc:"The page's bytes, instead of text"`
}

type documentsInput struct {
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key and request again within a day get the same answer, and nothing is done twice"`
	Body struct {
		Documents []Document `json:"documents" minItems:"1" maxItems:"500"`
	}
}

// An AddedDocument acknowledges one document; it is stored for good.
type AddedDocument struct {
	Name     string           `json:"name"`
	Page     *news.PageID     `json:"page"`
	Revision *news.RevisionID `json:"revision"`
	State    string           `json:"state" enum:"new,known,failed"`
	Reason   *string          `json:"reason" doc:"why it was refused"`
}

// AddedDocuments acknowledge a request, in its order.
type AddedDocuments struct {
	Items []AddedDocument `json:"items"`
}

func (a *api) addDocuments(ctx context.Context, in *documentsInput) (*body[AddedDocuments], error) {
	who := principal(ctx)
	request, err := json.Marshal(in.Body)
	if err != nil {
		return nil, err
	}
	hash := sha256.Sum256(request)
	if in.Key != "" {
		before, _, answer, err := a.Record.Answered(ctx, owner(who), in.Key, a.Now())
		switch {
		case err == nil && before != hash:
			return nil, huma.NewError(http.StatusConflict, "this Idempotency-Key was used for another request")
		case err == nil:
			var same AddedDocuments
			err := json.Unmarshal(answer, &same)
			return &body[AddedDocuments]{same}, err
		case !errors.Is(err, account.ErrUnknown):
			return nil, err
		}
	}
	out := AddedDocuments{Items: make([]AddedDocument, len(in.Body.Documents))}
	for i, d := range in.Body.Documents {
		out.Items[i] = a.addDocument(ctx, d)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	if in.Key != "" {
		answer, err := json.Marshal(out)
		if err != nil {
			return nil, err
		}
		if err := a.Record.SaveAnswer(ctx, owner(who), in.Key, hash, http.StatusAccepted, answer); err != nil {
			return nil, err
		}
	}
	return &body[AddedDocuments]{out}, nil
}

// owner is whose keys they are.
func owner(p account.Principal) string { return p.Name + "/" + p.Token }

func (a *api) addDocument(ctx context.Context, d Document) AddedDocument {
	out := AddedDocument{Name: d.Name, State: "failed"}
	page, err := d.page()
	if err == nil {
		out.Name = page.Name
		var added []news.Added
		if added, err = a.Record.AddPages(ctx, []news.Page{page}); err == nil {
			out.Page, out.Revision, out.State = &added[0].Page, &added[0].Revision, string(added[0].State)
		}
	}
	switch {
	case err == nil:
	case errors.Is(err, errDocument), errors.Is(err, news.ErrRemoved), errors.Is(err, news.ErrUnreadable):
		out.Reason = export.OrNull(err.Error())
	default:
		a.Log.Error("api", "operation", "add-documents", "error", err.Error())
		out.Reason = export.OrNull("it could not be stored; the log of the service says why")
	}
	return out
}

var errDocument = errors.New("not a page that can be added")

func (d Document) page() (news.Page, error) {
	p := news.Page{Name: d.Name, URL: d.URL, MediaType: d.MediaType, Charset: d.Charset, Outlet: d.Outlet, Body: []byte(d.Text)}
	if d.Fetched != nil {
		p.Fetched = d.Fetched.UTC()
	}
	if p.MediaType == "" {
		p.MediaType = "text/plain"
	}
	if d.URL != "" {
		if u, err := url.Parse(d.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return p, fmt.Errorf("%w: url %.100q is no web address", errDocument, d.URL)
		}
	}
	if d.Base64 != "" {
		if d.Text != "" {
			return p, fmt.Errorf("%w: give text or base64, not both", errDocument)
		}
		var err error
		if p.Body, err = base64.StdEncoding.DecodeString(d.Base64); err != nil {
			return p, fmt.Errorf("%w: base64: %w", errDocument, err)
		}
	}
	if len(bytes.TrimSpace(p.Body)) == 0 {
		return p, fmt.Errorf("%w: it is empty", errDocument)
	}
	if len(p.Body) > mostPage {
		return p, fmt.Errorf("%w: it has %d bytes, more than %d", errDocument, len(p.Body), mostPage)
	}
	p.Name = strings.TrimSpace(p.Name)
	if p.Name == "" {
		p.Name = p.URL
	}
	if p.Name == "" {
		p.Name = string(p.ID())
	}
	return p, nil
}

type removeInput struct {
	ID
	Reason string `query:"reason" required:"true" minLength:"1" maxLength:"1000" doc:"Why; it stays in the record"`
}

func (a *api) removePage(ctx context.Context, in *removeInput) (*noInput, error) {
	err := a.Record.Remove(ctx, news.PageID(in.ID.ID), fmt.Sprintf("%s (by %s)", in.Reason, principal(ctx).Name))
	return nil, err
}
