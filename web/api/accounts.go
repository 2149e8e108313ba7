package api

import (
	"context"
	"time"

	"dateline/account"
)

// An Account is somebody who may sign in.
type Account struct {
	Name     string       `json:"name"`
	Role     account.Role `json:"role" enum:"reader,analyst,admin"`
	Password bool         `json:"password" doc:"it has one; else it can only be used by tokens"`
	Made     time.Time    `json:"made"`
}

// A Token lets a program in.
type Token struct {
	ID      string       `json:"id"`
	Account string       `json:"account"`
	Label   string       `json:"label"`
	Role    account.Role `json:"role" enum:"reader,analyst,admin"`
	Made    time.Time    `json:"made"`
	Ends    time.Time    `json:"ends"`
}

func newToken(t account.Token) Token {
	return Token{t.ID, t.Account, t.Label, t.Role, t.Made.UTC(), t.Ends.UTC()}
}

func (a *api) listAccounts(ctx context.Context, _ *noInput) (*body[List[Account]], error) {
	found, err := a.Guard.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	var items []Account
	for _, v := range found {
		items = append(items, Account{v.Name, v.Role, v.Password != "", v.Made.UTC()})
	}
	return listed(items, 0, 0), nil
}

type accountInput struct {
	Body struct {
		Name     string       `json:"name" minLength:"1" maxLength:"64"`
		Role     account.Role `json:"role" enum:"reader,analyst,admin"`
		Password string       `json:"password,omitempty" maxLength:"1024" doc:"Without one it can only be used by tokens"`
	}
}

func (a *api) addAccount(ctx context.Context, in *accountInput) (*body[Account], error) {
	b := in.Body
	if err := account.CheckName(b.Name); err != nil {
		return nil, invalid("body.name", b.Name, err.Error())
	}
	if b.Password != "" {
		if err := account.CheckPassword(b.Password); err != nil {
			return nil, invalid("body.password", nil, err.Error())
		}
	}
	if err := a.Guard.Add(ctx, b.Name, b.Role, b.Password, principal(ctx).Name); err != nil {
		return nil, err
	}
	return &body[Account]{Account{b.Name, b.Role, b.Password != "", a.Now().UTC()}}, nil
}

type nameInput struct {
	Name string `path:"name" minLength:"1" maxLength:"64"`
}

func (a *api) removeAccount(ctx context.Context, in *nameInput) (*noInput, error) {
	return nil, a.Guard.Remove(ctx, in.Name, principal(ctx).Name)
}

func (a *api) listTokens(ctx context.Context, in *nameInput) (*body[List[Token]], error) {
	found, err := a.Guard.Tokens(ctx, in.Name)
	if err != nil {
		return nil, err
	}
	var items []Token
	for _, t := range found {
		items = append(items, newToken(t))
	}
	return listed(items, 0, 0), nil
}

type tokenInput struct {
	Name string `path:"name" minLength:"1" maxLength:"64"`
	Body struct {
		Label string       `json:"label,omitempty" maxLength:"200" doc:"What it is for"`
		Role  account.Role `json:"role" enum:"reader,analyst,admin" doc:"May be less than the account's"`
		Days  int          `json:"days,omitempty" minimum:"1" maximum:"366" doc:"How long it lasts; 90 if not given"`
	}
}

// A NewToken is a token with its secret.
type NewToken struct {
	Token
	Secret string `json:"secret" doc:"Shown this once: only its hash is kept"`
}

func (a *api) addToken(ctx context.Context, in *tokenInput) (*body[NewToken], error) {
	b := in.Body
	secret, t, err := a.Guard.NewToken(ctx, in.Name, b.Label, b.Role, time.Duration(b.Days)*24*time.Hour, principal(ctx).Name)
	if err != nil {
		return nil, err
	}
	return &body[NewToken]{NewToken{newToken(t), secret}}, nil
}

func (a *api) removeToken(ctx context.Context, in *oneInput) (*noInput, error) {
	return nil, a.Guard.EndToken(ctx, in.ID.ID, principal(ctx).Name)
}
