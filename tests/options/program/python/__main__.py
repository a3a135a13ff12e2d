"""Declares the resources of resources.json. `ways.ts` shows the form."""

import json
import re

import pulumi
import pulumi_lyceum as lyceum

made = {}


class Team(pulumi.ComponentResource):
    """A component without resources of its own."""

    def __init__(self, name, opts):
        super().__init__("story:Team", name, None, opts)


def snake(name):
    """The name of an argument or an option in Python."""
    name = {"import": "import_", "type": "type_"}.get(name, name)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace("URL", "Url").lower()


def named(names):
    """The resources with these names."""
    return [made[name] for name in names]


def alias(given):
    """An alias."""
    if given.get("noParent"):
        return pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)
    return pulumi.Alias(**{snake(name): value for name, value in given.items()})


def is_run(kind):
    """Whether a type is that of a run."""
    return kind == "lyceum:index:ComposeExecution"


def transform(given):
    """A transform that adds arguments and options to each run."""

    def apply(args):
        if not is_run(args.type_):
            return None
        props = {**args.props, **given.get("args", {})}
        opts = pulumi.ResourceOptions.merge(args.opts, options_of(given.get("options", {})))
        return pulumi.ResourceTransformResult(props=props, opts=opts)

    return apply


def transformation(given):
    """A transformation that adds arguments and options to each run."""

    def apply(args):
        if not is_run(args.type_):
            return None
        added = {snake(name): value for name, value in given.get("args", {}).items()}
        opts = pulumi.ResourceOptions.merge(args.opts, options_of(given.get("options", {})))
        return pulumi.ResourceTransformationResult(props={**args.props, **added}, opts=opts)

    return apply


def hooks(lines):
    """Hooks that print a line each."""
    bound = {snake(when): [lambda _args, line=line: pulumi.log.info(line)] for when, line in lines.items()}
    return pulumi.ResourceHookBinding(**bound)


# Each option of the declaration, in the form of Pulumi's SDK. Other options have the same form.
CONVERSIONS = {
    "parent": lambda name: made[name],
    "provider": lambda name: made[name],
    "providers": named,
    "dependsOn": named,
    "deletedWith": lambda name: made[name],
    "replaceWith": named,
    "aliases": lambda given: [alias(one) for one in given],
    "customTimeouts": lambda given: pulumi.CustomTimeouts(**given),
    "transforms": lambda given: [transform(one) for one in given],
    "transformations": lambda given: [transformation(one) for one in given],
    "hooks": hooks,
}


def options_of(given):
    """The resource options of a declaration."""
    same = lambda value: value
    return pulumi.ResourceOptions(
        **{snake(name): CONVERSIONS.get(name, same)(value) for name, value in given.items()}
    )


with open("resources.json", encoding="utf-8") as file:
    declared = json.load(file)

for one in declared:
    name = one.get("name", "")
    opts = options_of(one.get("options", {}))
    args = {snake(key): value for key, value in one.get("args", {}).items()}
    kind = one.get("kind", "run")
    if "stack" in one:
        pulumi.runtime.register_stack_transform(transform(one["stack"]))
    elif kind == "component":
        made[name] = Team(name, opts)
    elif kind == "provider":
        made[name] = lyceum.Provider(name, **args, opts=opts)
    elif kind == "files":
        made[name] = lyceum.StoredFiles(name, **args, opts=opts)
    elif "id" in one:
        made[name] = lyceum.ComposeExecution.get(name, one["id"], opts=opts)
    else:
        made[name] = lyceum.ComposeExecution(name, **args, opts=opts)
    if kind == "run" and "stack" not in one:
        pulumi.export(f"{name}-status", pulumi.Output.unsecret(made[name].status))
