package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	"github.com/hashicorp/hcl/v2"
	dotnet "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3/codegen"
	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

// The calls are the same as in the language hosts.
var programs = map[string]func(*pcl.Program) (files, hcl.Diagnostics, error){
	"csharp": dotnet.GenerateProgram,
	"go":     golang.GenerateProgram,
	"java":   java.GenerateProgram,
	"nodejs": nodejs.GenerateProgram,
	"python": python.GenerateProgram,
}

// Binds the program of a folder. The program is in PCL, as `pulumi convert --language pcl` writes it.
func bindProgram(pkg *schema.Package, source string) (*pcl.Program, error) {
	// The options are the same as in the language hosts.
	options := append(pcl.NonStrictBindOptions(), pcl.PreferOutputVersionedInvokes)
	program, diagnostics, err := pcl.BindDirectory(source, onePackage{pkg}, options...)
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, fmt.Errorf("the program is not valid: %w", errors.Join(diagnostics.Errs()...))
	}
	return program, nil
}

// Writes only the files of a program, without a project.
func writeProgram(pkg *schema.Package, language, source, out string) error {
	generate := programs[language]
	if generate == nil {
		return fmt.Errorf("there is no generator of programs for the language %q", language)
	}
	program, err := bindProgram(pkg, source)
	if err != nil {
		return err
	}
	made, diagnostics, err := generate(program)
	if err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return fmt.Errorf("the program was not generated: %w", errors.Join(diagnostics.Errs()...))
	}
	return write(made, out)
}

// Writes a program as a project in TypeScript.
func writeProject(pkg *schema.Package, source, out string) error {
	program, err := bindProgram(pkg, source)
	if err != nil {
		return err
	}
	project, err := workspace.LoadProject(filepath.Join(source, "Pulumi.yaml"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	return nodejs.GenerateProject(out, *project, program, nil, false, "nodejs")
}

// A loader of schemas that knows one package and Pulumi's own package.
type onePackage struct{ pkg *schema.Package }

func (loader onePackage) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	switch name {
	case loader.pkg.Name:
		return loader.pkg, nil
	case schema.DefaultPulumiPackage.Name:
		return schema.DefaultPulumiPackage, nil
	}
	return nil, fmt.Errorf("the program uses the package %q, of which no schema was given", name)
}

func (loader onePackage) LoadPackageV2(
	_ context.Context, descriptor *schema.PackageDescriptor,
) (*schema.Package, error) {
	return loader.LoadPackage(descriptor.PackageName(), nil)
}

func (loader onePackage) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	pkg, err := loader.LoadPackage(name, nil)
	if err != nil {
		return nil, err
	}
	return pkg.Reference(), nil
}

func (loader onePackage) LoadPackageReferenceV2(
	_ context.Context, descriptor *schema.PackageDescriptor,
) (schema.PackageReference, error) {
	return loader.LoadPackageReference(descriptor.PackageName(), nil)
}
