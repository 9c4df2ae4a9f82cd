// Package main puts OPA and CUE behind one function: a question in JSON goes in, an answer in JSON comes out.
//
// It opens no file, asks no network and reads no environment; what a policy may use of the outside is given to it.
package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
)

// Below the limit of the module's memory (build.js), so that the collector works harder before the memory ends.
const memoryLimit = 384 << 20

func init() {
	debug.SetMemoryLimit(memoryLimit)
}

// A question: policies in one language, and the inputs that they are asked about.
type question struct {
	Language string `json:"language"`
	Files    []file `json:"files"`
	// Inputs are JSON as text: what is no JSON is a fault of that input alone.
	Inputs []string    `json:"inputs"`
	Rego   regoOptions `json:"rego"`
	Cue    cueOptions  `json:"cue"`
}

type file struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// A fault of the policies (then there are no results) or of one evaluation.
type fault struct {
	// Code is OPA's where there is one: rego_parse_error, eval_builtin_error …
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Row     int    `json:"row,omitempty"`
	Column  int    `json:"column,omitempty"`
	// Path is the field that a CUE constraint is about.
	Path []string `json:"path,omitempty"`
}

type answer struct {
	Faults []fault `json:"faults,omitempty"`
	// Results has one element for each input.
	Results []result `json:"results,omitempty"`
}

type result struct {
	// Values has one element for each query of Rego.
	Values []value `json:"values,omitempty"`
	Faults []fault `json:"faults,omitempty"`
}

// answerTo never panics: a policy that brings its engine down gets a fault.
func answerTo(text []byte) (out []byte) {
	defer func() {
		if thrown := recover(); thrown != nil {
			out = write(answer{Faults: []fault{{Code: "engine_panic", Message: fmt.Sprint(thrown)}}})
		}
	}()
	var asked question
	if err := json.Unmarshal(text, &asked); err != nil {
		return write(answer{Faults: []fault{{Code: "engine_question", Message: err.Error()}}})
	}
	switch asked.Language {
	case "rego":
		return write(evaluateRego(asked))
	case "cue":
		return write(validateCue(asked))
	}
	return write(answer{Faults: []fault{{Code: "engine_question", Message: "no such language: " + asked.Language}}})
}

func write(out answer) []byte {
	text, err := json.Marshal(out)
	if err != nil {
		text, _ = json.Marshal(answer{Faults: []fault{{Code: "engine_answer", Message: err.Error()}}})
	}
	return text
}
