package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/topdown"
)

type regoOptions struct {
	// Version is v0 or v1.
	Version string `json:"version"`
	// Queries are references such as data.signature.allow.
	Queries []string `json:"queries"`
	// Strict: the error of a builtin ends the evaluation; otherwise it is undefined, and told beside the value.
	Strict       bool          `json:"strict"`
	Capabilities *capabilities `json:"capabilities"`
}

// capabilities takes away from what an OPA could do.
type capabilities struct {
	// Version of OPA; empty: this one.
	Version string `json:"version"`
	// Builtins and Features that are not there.
	WithoutBuiltins []string `json:"withoutBuiltins"`
	WithoutFeatures []string `json:"withoutFeatures"`
}

// value of one query; undefined is told apart from false.
type value struct {
	Defined bool `json:"defined"`
	Value   any  `json:"value"`
	// Swallowed are errors of builtins that were read as undefined.
	Swallowed []fault `json:"swallowed,omitempty"`
}

// What asks the outside is nobody's to use here: there is no outside.
var outside = []string{"http.send", "net.lookup_ip_addr", "opa.runtime"}

func evaluateRego(asked question) answer {
	version := ast.RegoV0
	if asked.Rego.Version == "v1" {
		version = ast.RegoV1
	}
	allowed, err := capabilitiesOf(asked.Rego.Capabilities, version)
	if err != nil {
		return answer{Faults: []fault{{Code: "rego_capabilities", Message: err.Error()}}}
	}
	modules, faults := parse(asked.Files, version, allowed)
	if len(faults) > 0 {
		return answer{Faults: faults}
	}
	compiler := ast.NewCompiler().WithCapabilities(allowed).WithDefaultRegoVersion(version)
	if compiler.Compile(modules); compiler.Failed() {
		return answer{Faults: faultsOf(compiler.Errors)}
	}
	prepared := make([]rego.PreparedEvalQuery, len(asked.Rego.Queries))
	for at, query := range asked.Rego.Queries {
		one, err := rego.New(
			rego.Query(query),
			rego.Compiler(compiler),
			rego.Capabilities(allowed),
			rego.SetRegoVersion(version),
			rego.StrictBuiltinErrors(asked.Rego.Strict),
			rego.EnablePrintStatements(false),
		).PrepareForEval(context.Background())
		if err != nil {
			return answer{Faults: faultsOf(err)}
		}
		prepared[at] = one
	}
	results := make([]result, len(asked.Inputs))
	for at, input := range asked.Inputs {
		results[at] = evaluateInput(prepared, input, asked.Rego.Strict)
	}
	return answer{Results: results}
}

func evaluateInput(prepared []rego.PreparedEvalQuery, text string, strict bool) result {
	input, err := decode(text)
	if err != nil {
		return result{Faults: []fault{{Code: "input_invalid", Message: err.Error()}}}
	}
	parsed, err := ast.InterfaceToValue(input)
	if err != nil {
		return result{Faults: []fault{{Code: "input_invalid", Message: err.Error()}}}
	}
	values := make([]value, len(prepared))
	for at, query := range prepared {
		var swallowed []topdown.Error
		options := []rego.EvalOption{rego.EvalParsedInput(parsed)}
		if !strict {
			options = append(options, rego.EvalBuiltinErrorList(&swallowed))
		}
		set, err := query.Eval(context.Background(), options...)
		if err != nil {
			return result{Faults: faultsOf(err)}
		}
		values[at] = valueOf(set)
		for _, one := range swallowed {
			values[at].Swallowed = append(values[at].Swallowed, faultsOf(&one)...)
		}
	}
	return result{Values: values}
}

// valueOf is that of the one expression that a query by a reference has; several results have no meaning here.
func valueOf(set rego.ResultSet) value {
	if len(set) != 1 || len(set[0].Expressions) != 1 {
		return value{}
	}
	return value{Defined: true, Value: set[0].Expressions[0].Value}
}

func parse(files []file, version ast.RegoVersion, allowed *ast.Capabilities) (map[string]*ast.Module, []fault) {
	modules := map[string]*ast.Module{}
	var faults []fault
	for _, one := range files {
		module, err := ast.ParseModuleWithOpts(one.Name, one.Text, ast.ParserOptions{
			RegoVersion:       version,
			Capabilities:      allowed,
			ProcessAnnotation: true,
		})
		if err != nil {
			faults = append(faults, faultsOf(err)...)
			continue
		}
		if _, twice := modules[one.Name]; twice {
			faults = append(faults, fault{Code: "rego_parse_error", Message: "two modules of this name", File: one.Name})
		}
		modules[one.Name] = module
	}
	return modules, faults
}

func capabilitiesOf(wanted *capabilities, version ast.RegoVersion) (*ast.Capabilities, error) {
	var allowed *ast.Capabilities
	switch {
	case wanted != nil && wanted.Version != "":
		loaded, err := ast.LoadCapabilitiesVersion(wanted.Version)
		if err != nil {
			return nil, err
		}
		allowed = loaded
	default:
		allowed = ast.CapabilitiesForThisVersion(ast.CapabilitiesRegoVersion(version))
	}
	without := slices.Clone(outside)
	if wanted != nil {
		without = append(without, wanted.WithoutBuiltins...)
		allowed.Features = slices.DeleteFunc(allowed.Features, func(name string) bool {
			return slices.Contains(wanted.WithoutFeatures, name)
		})
	}
	allowed.Builtins = slices.DeleteFunc(allowed.Builtins, func(one *ast.Builtin) bool {
		return slices.Contains(without, one.Name)
	})
	allowed.AllowNet = []string{}
	return allowed, nil
}

func faultsOf(err error) []fault {
	var many ast.Errors
	if errors.As(err, &many) {
		out := make([]fault, len(many))
		for at, one := range many {
			out[at] = located(one.Code, one.Message, one.Location)
		}
		return out
	}
	var one *ast.Error
	if errors.As(err, &one) {
		return []fault{located(one.Code, one.Message, one.Location)}
	}
	var eval *topdown.Error
	if errors.As(err, &eval) {
		return []fault{located(eval.Code, eval.Message, eval.Location)}
	}
	var several rego.Errors
	if errors.As(err, &several) {
		var out []fault
		for _, each := range several {
			out = append(out, faultsOf(each)...)
		}
		return out
	}
	return []fault{{Code: "rego_error", Message: err.Error()}}
}

func located(code, message string, at *ast.Location) fault {
	if at == nil {
		return fault{Code: code, Message: message}
	}
	return fault{Code: code, Message: message, File: at.File, Row: at.Row, Column: at.Col}
}

// decode keeps numbers as they are written; of a field that is there twice the last counts, as for Go's decoder.
func decode(text string) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var out any
	if err := decoder.Decode(&out); err != nil {
		return nil, fmt.Errorf("the input is no JSON: %w", err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("the input is no JSON: there is more after its value")
	}
	return out, nil
}
