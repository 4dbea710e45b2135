package faults

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// recorded are the system calls by which a server changes files, and by which it hears and answers clients:
// one record in one order holds what was written, what was synced and what was acknowledged. SQLite reads by
// pread64, which is left out.
const recorded = "trace=openat,mkdir,mkdirat,read,write,pwrite64,pwritev,pwritev2,writev,ftruncate,truncate,fallocate,fsync,fdatasync," +
	"syncfs,sync_file_range,unlink,unlinkat,rename,renameat,renameat2,link,linkat"

// event is the begin or the end of one system call of one thread.
type event struct {
	thread, call string
	// descriptor is the number of the file that the call is about, path where it leads; neither for a call that
	// names files.
	descriptor, path string
	// text is the first text among the arguments, rest what stands behind it; whole reports whether strace wrote all
	// of it.
	text  []byte
	rest  string
	whole bool
	// ended tells the end, which has a result; failed that it is an error.
	ended, failed bool
	result        int
}

// The beginnings of lines: of a call, and of its end where that is not on the same line. The rest of a line is
// long, and not for regular expressions.
var (
	beginning = regexp.MustCompile(`^(\d+) +(\w+)\(`)
	resuming  = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>`)
)

const unfinished = " <unfinished ...>"

// cutOff takes off what strace writes where a call does not end on its line: another thread's comes in between, or the
// process is killed in the middle of it, and strace finds it gone.
func cutOff(arguments string) (rest string, cut bool) {
	if rest, cut = strings.CutSuffix(arguments, unfinished); cut {
		return rest, true
	}
	for _, gone := range []string{" <ptrace(", " <Cannot restart pid "} {
		if at := strings.LastIndex(arguments, gone); at >= 0 && strings.HasSuffix(arguments, ">") && len(arguments)-at < 200 {
			return arguments[:at], true
		}
	}
	return arguments, false
}

// started is a call that has begun.
type started struct{ thread, call, arguments string }

// parse reads a record of strace: the begin and the end of each call that is about files below a folder or
// about connections, in their order.
func parse(path, root string) (events []event, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	open := map[string]started{}
	for lines := bufio.NewReaderSize(file, 1<<20); ; {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return events, nil // a last line without an end is of a call that the end of the server cut off
		}
		if err != nil {
			return nil, err
		}
		line = strings.TrimSuffix(line, "\n")
		var call started
		cut, begins := false, false
		if at := resuming.FindStringSubmatchIndex(line); at != nil {
			call = open[line[at[2]:at[3]]]
			call.arguments, cut = cutOff(call.arguments + line[at[1]:])
		} else if at := beginning.FindStringSubmatchIndex(line); at != nil {
			begins = true
			call = started{thread: line[at[2]:at[3]], call: line[at[4]:at[5]]}
			call.arguments, cut = cutOff(line[at[1]:])
			if cut {
				open[call.thread] = call
			}
		} else {
			continue // a signal, or the end of a thread
		}
		if !strings.Contains(call.arguments, root) && !strings.Contains(call.arguments, "<socket:") {
			continue
		}
		read := call.event(!cut)
		if begins {
			events = append(events, read)
		}
		if !cut {
			read.ended = true
			if read.result, read.failed, err = result(call.arguments); err != nil {
				return nil, err
			}
			events = append(events, read)
		}
	}
}

// result reads what a call gave back.
func result(arguments string) (number int, failed bool, err error) {
	at := strings.LastIndex(arguments, " = ")
	if at < 0 {
		return 0, false, fmt.Errorf("strace wrote a call without a result: %.100s … %s", arguments, arguments[max(0, len(arguments)-200):])
	}
	text := arguments[at+len(" = "):]
	if end := strings.IndexAny(text, " <"); end >= 0 {
		text = text[:end]
	}
	if text == "?" {
		return 0, true, nil // the server was killed in it
	}
	if number, err = strconv.Atoi(text); errors.Is(err, strconv.ErrRange) {
		// A failure whose error strace doesn't know, as of a call in which the server was killed, it writes without a sign.
		var unsigned uint64
		unsigned, err = strconv.ParseUint(text, 10, 64)
		number = int(unsigned)
	}
	return number, number < 0, err
}

func TestResultsOfCalls(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]struct {
		number         int
		failed, unread bool
	}{
		`7</tmp/x>, "a", 1, 0) = 1`:                           {number: 1},
		`AT_FDCWD, "/tmp/x", O_RDONLY) = 7</tmp/x>`:           {number: 7},
		`7</tmp/x>) = -1 EIO (Input/output error) (INJECTED)`: {number: -1, failed: true},
		`7</tmp/x>) = ?`:                                      {failed: true},
		`7</tmp/x>, "a", 1, 0) = 18446744073709551615`:        {number: -1, failed: true},
		`7</tmp/x>, "a", 1, 0) = 0x7f0000000000`:              {unread: true},
	} {
		number, failed, err := result(arguments)
		if unread := err != nil; unread != want.unread || !unread && (number != want.number || failed != want.failed) {
			t.Errorf("%s: %d, failed: %t, %v", arguments, number, failed, err)
		}
	}
}

// descriptor reads a first argument: its number, and the path to which it leads.
var descriptor = regexp.MustCompile(`^(\d+)<(.*?)>(?:\(deleted\))?(?:, *|$)`)

// event reads the arguments of a call. complete reports whether its result stands behind them.
func (s started) event(complete bool) event {
	read := event{thread: s.thread, call: s.call}
	arguments := s.arguments
	if complete {
		arguments = arguments[:max(0, strings.LastIndex(arguments, " = "))]
		arguments = strings.TrimSuffix(strings.TrimRight(arguments, " "), ")")
	}
	if found := descriptor.FindStringSubmatchIndex(arguments); found != nil {
		read.descriptor, read.path = arguments[found[2]:found[3]], arguments[found[4]:found[5]]
		arguments = arguments[found[1]:]
	}
	read.rest = arguments
	if strings.Contains(arguments, `"`) {
		read.text, read.rest, read.whole = quoted(arguments)
	}
	return read
}

// quoted reads the first text among arguments, and returns what stands behind it. whole reports whether strace wrote
// all of it.
func quoted(arguments string) (text []byte, rest string, whole bool) {
	begin := strings.IndexByte(arguments, '"')
	if begin < 0 {
		return nil, arguments, false
	}
	text = make([]byte, 0, len(arguments)/2)
	i := begin + 1
	for ; i < len(arguments) && arguments[i] != '"'; i++ {
		character := arguments[i]
		if character != '\\' || i+1 == len(arguments) {
			text = append(text, character)
			continue
		}
		i++
		if letter := strings.IndexByte("ntvfr", arguments[i]); letter >= 0 {
			text = append(text, "\n\t\v\f\r"[letter])
			continue
		}
		octal := i
		for octal < len(arguments) && octal < i+3 && arguments[octal] >= '0' && arguments[octal] <= '7' {
			octal++
		}
		if octal == i {
			text = append(text, arguments[i])
			continue
		}
		value, _ := strconv.ParseUint(arguments[i:octal], 8, 16) // digits alone
		text = append(text, byte(value))
		i = octal - 1
	}
	rest = arguments[min(i+1, len(arguments)):]
	return text, rest, !strings.HasPrefix(rest, "...")
}
