"""Flags and settings that a worker declares: argparse, click, pydantic-settings."""

from observer_shapes import shape, silently


def hooks(write):
    """By the module that is watched: what is done with it when it has been loaded."""

    def hook_argparse(module):
        parse = module.ArgumentParser.parse_known_args

        def told_parse(self, *arguments, **named):
            silently(parser)(self, ())
            return parse(self, *arguments, **named)

        module.ArgumentParser.parse_known_args = told_parse

    def parser(one, path):
        for action in one._actions:
            if isinstance(action.choices, dict):
                write(commands={"path": list(path), "names": list(action.choices), "required": bool(action.required)})
                for name, sub in dict(action.choices).items():
                    parser(sub, (*path, name))
                continue
            flag(
                path, action.option_strings, action.dest, action.default, action.required, action.choices,
                getattr(action.type, "__name__", None), action.help, action.nargs == 0)

    def flag(path, words, name, default, required, choices, kind, text, plain):
        write(flag={
            "path": list(path), "words": list(words), "name": name, "required": bool(required), "kind": kind, "plain": bool(plain),
            "default": default if isinstance(default, (str, int, float, bool)) and default != "==SUPPRESS==" else None,
            "choices": [str(choice) for choice in choices] if choices else None, "help": text if text != "==SUPPRESS==" else None,
        })

    def hook_click(module):
        base = getattr(module, "BaseCommand", None) or module.Command
        main = base.main

        def told_main(self, *arguments, **named):
            silently(command)(self, ())
            return main(self, *arguments, **named)

        base.main = told_main

    def command(one, path):
        for option in one.params:
            words = [word for word in getattr(option, "opts", ()) if word.startswith("-")]
            flag(
                path, words, option.name, option.default, option.required, getattr(option.type, "choices", None), option.type.name,
                getattr(option, "help", None), getattr(option, "is_flag", False))
            for name in [option.envvar] if isinstance(option.envvar, str) else option.envvar or ():
                write(setting={
                    "name": name, "default": option.default if isinstance(option.default, (str, int)) else None,
                    "required": False, "secret": False, "shape": None, "help": getattr(option, "help", None),
                })
        names = list(getattr(one, "commands", ()))
        if names:
            write(commands={"path": list(path), "names": names, "required": not getattr(one, "invoke_without_command", False)})
        for name in names:
            command(one.commands[name], (*path, name))

    # pydantic looks through all variables at once.

    def hook_settings(module):
        init = module.BaseSettings.__init__

        def told_init(self, *arguments, **named):
            silently(settings)(type(self))
            return init(self, *arguments, **named)

        module.BaseSettings.__init__ = told_init

    def settings(cls):
        prefix = cls.model_config.get("env_prefix") or ""
        for name, field in cls.model_fields.items():
            alias = field.validation_alias or field.alias
            names = [alias] if isinstance(alias, str) else [one for one in getattr(alias, "choices", ()) if isinstance(one, str)]
            default = field.default if isinstance(field.default, (str, int, float, bool)) else None
            write(setting={
                "name": (names[0] if names else prefix + name).upper(), "default": default, "required": field.is_required(),
                "secret": "Secret" in str(field.annotation), "shape": shape(field.annotation), "help": field.description,
            })

    return {"argparse": hook_argparse, "click.core": hook_click, "pydantic_settings.main": hook_settings}
