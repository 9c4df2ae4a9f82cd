package main

import (
	"encoding/json"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"
	cueerrors "cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/parser"
)

type cueOptions struct {
	// Concrete: a field that the policies name must have a value, as in `cue vet -c`. Otherwise one that the input
	// does not have passes, as in encoding/json.Validate (and so in cosign); only `field!` must be there.
	Concrete bool `json:"concrete"`
}

// inputName is the file that errors about an input are at.
const inputName = "input.json"

// validateCue unifies the policies with each input and asks whether that is free of contradictions.
func validateCue(asked question) answer {
	results := make([]result, len(asked.Inputs))
	for at, input := range asked.Inputs {
		// Each input gets a context of its own: a context keeps what was compiled in it.
		policy, faults := buildCue(asked.Files)
		if len(faults) > 0 {
			return answer{Faults: faults}
		}
		results[at] = validateInput(policy, input, asked.Cue)
	}
	if len(asked.Inputs) == 0 {
		_, faults := buildCue(asked.Files)
		return answer{Faults: faults}
	}
	return answer{Results: results}
}

func validateInput(policy cue.Value, text string, options cueOptions) result {
	input, err := decode(text)
	if err != nil {
		return result{Faults: []fault{{Code: "input_invalid", Message: err.Error()}}}
	}
	plain, err := json.Marshal(input)
	if err != nil {
		return result{Faults: []fault{{Code: "input_invalid", Message: err.Error()}}}
	}
	// JSON that was read once and written again holds nothing that CUE would read otherwise.
	value := policy.Context().CompileBytes(plain, cue.Filename(inputName))
	if err := value.Err(); err != nil {
		return result{Faults: cueFaults("input_invalid", err)}
	}
	whole := policy.Unify(value)
	err = whole.Err()
	if err == nil {
		err = whole.Validate(cue.Final(), cue.Concrete(options.Concrete))
	}
	if err != nil {
		return result{Faults: cueFaults("cue_unmet", err)}
	}
	return result{}
}

// buildCue makes one instance of all files, as `cue` does with files that are named; only CUE's own packages can be
// imported.
func buildCue(files []file) (cue.Value, []fault) {
	context := cuecontext.New()
	instance := build.NewContext(build.ParseFile(func(name string, src any, config parser.Config) (*ast.File, error) {
		return parser.ParseFile(name, src, config)
	})).NewInstance("", nil)
	for _, one := range files {
		if err := instance.AddFile(one.Name, one.Text); err != nil {
			return cue.Value{}, cueFaults("cue_parse_error", err)
		}
	}
	if err := instance.Complete(); err != nil {
		return cue.Value{}, cueFaults("cue_parse_error", err)
	}
	policy := context.BuildInstance(instance)
	if err := policy.Err(); err != nil {
		return cue.Value{}, cueFaults("cue_compile_error", err)
	}
	return policy, nil
}

func cueFaults(code string, err error) []fault {
	var out []fault
	for _, one := range cueerrors.Errors(err) {
		next := fault{Code: code, Message: one.Error(), Path: one.Path()}
		// Two sides of a contradiction have a place each: that in the policies is of use.
		for _, at := range cueerrors.Positions(one) {
			if at.IsValid() && at.Filename() != inputName {
				next.File, next.Row, next.Column = at.Filename(), at.Line(), at.Column()
				break
			}
		}
		out = append(out, next)
	}
	return out
}
