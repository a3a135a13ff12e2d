// Writes the SDK of a Pulumi package for one language, or a program. Uses the generators that Pulumi's language hosts
// call. Reads the schema from standard input. `pulumi package gen-sdk` and `pulumi convert` do the same if the CLI has
// its language hosts.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// The files of an SDK by their path.
type files = map[string][]byte

// The calls are the same as in the language hosts. The name is in the first lines of each generated file.
var generators = map[string]func(*schema.Package) (files, error){
	"go": func(pkg *schema.Package) (files, error) {
		return golang.GeneratePackage("pulumi-language-go", pkg, nil)
	},
	"nodejs": func(pkg *schema.Package) (files, error) {
		return nodejs.GeneratePackage("pulumi-language-nodejs", pkg, nil, nil, false, nil)
	},
	"python": func(pkg *schema.Package) (files, error) {
		return python.GeneratePackage("pulumi-language-python", pkg, nil, nil)
	},
}

func main() {
	language := flag.String("language", "", "of an SDK: go, nodejs or python; of a program also csharp or java")
	program := flag.String("program", "", "folder of a program that `pulumi convert --language pcl` wrote; without a language, a project in TypeScript is made of it")
	out := flag.String("out", "", "folder of what is written")
	flag.Parse()
	if err := run(os.Stdin, *language, *program, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(input io.Reader, language, program, out string) error {
	if out == "" {
		return errors.New("-out is missing")
	}
	pkg, err := bind(input)
	if err != nil {
		return err
	}
	if program != "" && language != "" {
		return writeProgram(pkg, language, program, out)
	}
	if program != "" {
		return writeProject(pkg, program, out)
	}
	return writeSDK(pkg, language, out)
}

func writeSDK(pkg *schema.Package, language, out string) error {
	generate := generators[language]
	if generate == nil {
		return fmt.Errorf("there is no generator for the language %q", language)
	}
	sdk, err := generate(pkg)
	if err != nil {
		return err
	}
	return write(sdk, out)
}

func write(all files, out string) error {
	for name, content := range all {
		path := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Reads and binds a schema. A warning counts as an error, because our schema has no warnings.
func bind(input io.Reader) (*schema.Package, error) {
	var spec schema.PackageSpec
	if err := json.NewDecoder(input).Decode(&spec); err != nil {
		return nil, fmt.Errorf("the schema cannot be read: %w", err)
	}
	pkg, diagnostics, err := schema.BindSpec(spec, schema.NewNullLoader(), schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, err
	}
	if len(diagnostics) > 0 {
		return nil, fmt.Errorf("the schema is not valid: %w", errors.Join(diagnostics.Errs()...))
	}
	return pkg, nil
}
