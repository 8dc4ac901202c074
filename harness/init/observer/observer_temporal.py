"""What a worker does with Temporal's SDK: its server, and what it registers there."""

import os

from observer_shapes import shape, silently


def hooks(write, address, namespaces):
    """By the module that is watched: what is done with it when it has been loaded."""

    def hook_client(module):
        connect = module.Client.connect.__func__ if hasattr(module.Client.connect, "__func__") else None
        plain = module.Client.__dict__["connect"]

        def led(target, named):
            converter = named.get("data_converter")
            write(client={
                "address": target, "namespace": named.get("namespace", "default"), "identity": named.get("identity"),
                "tls": bool(named.get("tls")), "apiKey": bool(named.get("api_key")),
                "codec": bool(getattr(converter, "payload_codec", None)),
            })
            named.update(tls=False, api_key=None)
            if named.get("namespace", "default") not in namespaces:
                named["namespace"] = namespaces[0]
            return address

        if isinstance(plain, staticmethod):
            function = plain.__func__

            async def of_module(target_host, **named):
                return await function(led(target_host, named), **named)

            module.Client.connect = staticmethod(of_module)
        elif connect is not None:
            async def of_class(cls, target_host, **named):
                return await connect(cls, led(target_host, named), **named)

            module.Client.connect = classmethod(of_class)

    def hook_worker(module):
        init = module.Worker.__init__

        def told_init(self, client, **named):
            silently(worker)(client, named)
            return init(self, client, **named)

        module.Worker.__init__ = told_init

    def worker(client, named):
        from temporalio import activity, workflow

        deployment = named.get("deployment_config")
        # A worker that is not versioned may still say what it was built from.
        version = getattr(deployment, "version", None) if getattr(deployment, "use_worker_versioning", False) else None
        write(worker={
            "taskQueue": named.get("task_queue"),
            "workflows": [workflow_of(workflow._Definition.from_class(one)) for one in named.get("workflows") or ()],
            "activities": [activity_of(activity._Definition.from_callable(one)) for one in named.get("activities") or ()],
            "graceSeconds": getattr(named.get("graceful_shutdown_timeout"), "total_seconds", lambda: 0)(),
            "pid": os.getpid(),
            "nexus": len(named.get("nexus_service_handlers") or ()),
            "operations": silently(operations_of)(named.get("nexus_service_handlers") or ()) or [],
            "deployment": getattr(version, "deployment_name", None),
            "buildId": getattr(version, "build_id", None) or named.get("build_id"),
            "identity": named.get("identity"),
        })

    def operations_of(handlers):
        import nexusrpc

        services = [nexusrpc.get_service_definition(type(one)) for one in handlers]
        return [
            {"service": one.name, "name": found.name, "input": shape(found.input_type), "result": shape(found.output_type)}
            for one in services if one is not None for found in one.operation_definitions.values()
        ]

    def workflow_of(found):
        handlers = {
            kind: [
                {"name": name, "input": inputs(one, getattr(one, "arg_types", None)), "result": shape(getattr(one, "ret_type", None))}
                for name, one in (getattr(found, kind) or {}).items() if name is not None and not name.startswith("__")
            ]
            for kind in ("signals", "queries", "updates")
        }
        return {"name": found.name, "input": inputs(found, found.arg_types, "run_fn"), "result": shape(found.ret_type), **handlers}

    def activity_of(found):
        import inspect

        return {
            "name": found.name, "input": inputs(found, found.arg_types), "result": shape(found.ret_type),
            "beats": beats(getattr(inspect.unwrap(found.fn), "__code__", None)),
        }

    def beats(code):
        """Whether the code of an activity, or a function inside of it, calls something that is called heartbeat."""
        return hasattr(code, "co_names") and ("heartbeat" in code.co_names or any(beats(inner) for inner in code.co_consts))

    def inputs(found, types, function="fn"):
        import inspect

        names = [name for name in inspect.signature(getattr(found, function)).parameters if name != "self"]
        return [
            {"name": name, "shape": shape(types[index]) if types and index < len(types) else {"kind": "any"}}
            for index, name in enumerate(names)
        ]

    # Temporal's environment configuration is read by its core, where nobody sees which variables are asked for.

    def hook_environment(module):
        loads = (module.ClientConfig, "load_client_connect_config"), (module.ClientConfigProfile, "load"), (module.ClientConfig, "load")
        for cls, name in loads:
            plain = cls.__dict__.get(name)
            if isinstance(plain, staticmethod):
                setattr(cls, name, staticmethod(telling(plain.__func__)))

    def telling(function):
        def told(*arguments, **named):
            for name in ("TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"):
                write(setting={
                    "name": name, "default": None, "required": False, "secret": False, "shape": None,
                    "help": "Temporal's environment configuration.",
                })
            return function(*arguments, **named)

        return told

    return {"temporalio.client": hook_client, "temporalio.worker": hook_worker, "temporalio.envconfig": hook_environment}
