package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

// Writes the program of a folder, in the form that `pulumi convert --language pcl` gives, as a project in TypeScript.
func writeProject(pkg *schema.Package, source, out string) error {
	// As the language host for Node.js binds it.
	options := append(pcl.NonStrictBindOptions(), pcl.PreferOutputVersionedInvokes)
	program, diagnostics, err := pcl.BindDirectory(source, onePackage{pkg}, options...)
	if err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return fmt.Errorf("the program is not valid: %w", errors.Join(diagnostics.Errs()...))
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

// Knows one package, and Pulumi's own.
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
