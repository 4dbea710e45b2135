package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"golang.org/x/net/websocket"
)

// bidi is a connection by WebDriver BiDi: commands, their answers and events, each a JSON text in a WebSocket.
type bidi struct {
	socket *websocket.Conn
	// event takes each event, in order, in the loop that reads them: it must not send commands.
	event func(method string, parameters json.RawMessage)

	mutex   sync.Mutex
	last    int
	waiting map[int]chan bidiMessage
	ended   error
}

// bidiMessage is what a browser sends.
type bidiMessage struct {
	Type    string
	ID      int
	Result  json.RawMessage
	Error   string
	Message string
	Method  string
	Params  json.RawMessage
}

// connectBiDi connects to an address on this machine. The package always names an origin, which the browser has
// to be told of.
func connectBiDi(ctx context.Context, address, origin string, event func(string, json.RawMessage)) (*bidi, error) {
	to, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	from, err := url.Parse(origin)
	if err != nil {
		return nil, err
	}
	socket, err := (&websocket.Config{Location: to, Origin: from, Version: websocket.ProtocolVersionHybi13}).DialContext(ctx)
	if err != nil {
		return nil, err
	}
	socket.MaxPayloadBytes = 64 << 20 // pictures of long pages
	b := &bidi{socket: socket, event: event, waiting: map[int]chan bidiMessage{}}
	go b.read()
	return b, nil
}

func (b *bidi) read() {
	for {
		var message bidiMessage
		if err := websocket.JSON.Receive(b.socket, &message); err != nil {
			b.mutex.Lock()
			b.ended = fmt.Errorf("the browser's connection has ended: %w", err)
			for _, waits := range b.waiting {
				close(waits)
			}
			b.waiting = nil
			b.mutex.Unlock()
			return
		}
		if message.Type == "event" {
			b.event(message.Method, message.Params)
			continue
		}
		b.mutex.Lock()
		waits := b.waiting[message.ID]
		delete(b.waiting, message.ID)
		b.mutex.Unlock()
		if waits != nil {
			waits <- message
		}
	}
}

// call sends a command and waits for its result, which is put into a value unless that is nil.
func (b *bidi) call(ctx context.Context, method string, parameters, into any) error {
	answer := make(chan bidiMessage, 1)
	b.mutex.Lock()
	if b.ended != nil {
		b.mutex.Unlock()
		return b.ended
	}
	b.last++
	id := b.last
	b.waiting[id] = answer
	b.mutex.Unlock()
	if err := websocket.JSON.Send(b.socket, map[string]any{"id": id, "method": method, "params": parameters}); err != nil {
		return err
	}
	select {
	case message, ok := <-answer:
		switch {
		case !ok:
			return b.ended
		case message.Error != "":
			return fmt.Errorf("%s: %s: %s", method, message.Error, message.Message)
		case into == nil:
			return nil
		}
		return json.Unmarshal(message.Result, into)
	case <-ctx.Done():
		b.mutex.Lock()
		delete(b.waiting, id)
		b.mutex.Unlock()
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

// evaluation is the answer to a script.
type evaluation struct {
	Type             string
	Result           remoteValue
	ExceptionDetails struct{ Text string }
}

// value is what a script has given, as JSON.
func (e evaluation) value() (json.RawMessage, error) {
	if e.Type == "exception" {
		return nil, errors.New("a script: " + e.ExceptionDetails.Text)
	}
	plain, err := e.Result.plain()
	if err != nil {
		return nil, err
	}
	return json.Marshal(plain)
}

// remoteValue is a value of a page's script, as the protocol tells it.
type remoteValue struct {
	Type  string
	Value json.RawMessage
}

// plain is the value as package json knows it. What has no such form, such as an element, is an empty object.
func (v remoteValue) plain() (any, error) {
	switch v.Type {
	case "undefined", "null":
		return nil, nil
	case "string", "boolean":
		return v.Value, nil
	case "number":
		if text := ""; json.Unmarshal(v.Value, &text) == nil {
			if text == "-0" {
				return 0, nil
			}
			return nil, fmt.Errorf("the number %s has no form in JSON", text)
		}
		return v.Value, nil
	case "array":
		var parts []remoteValue
		if err := json.Unmarshal(v.Value, &parts); err != nil {
			return nil, err
		}
		list := make([]any, len(parts))
		for i, part := range parts {
			value, err := part.plain()
			if err != nil {
				return nil, err
			}
			list[i] = value
		}
		return list, nil
	case "object":
		var pairs [][2]json.RawMessage
		if err := json.Unmarshal(v.Value, &pairs); err != nil {
			return nil, err
		}
		object := make(map[string]any, len(pairs))
		for _, pair := range pairs {
			var name string
			var part remoteValue
			if err := errors.Join(json.Unmarshal(pair[0], &name), json.Unmarshal(pair[1], &part)); err != nil {
				return nil, err
			}
			value, err := part.plain()
			if err != nil {
				return nil, err
			}
			object[name] = value
		}
		return object, nil
	}
	return struct{}{}, nil
}
