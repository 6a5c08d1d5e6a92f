# Sourced by the scripts: makes `cargo` mean the pinned toolchain. Installs it only where it is missing.

pinned=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)

use_pinned_toolchain() {
  if rustc --version 2>/dev/null | grep -qF "rustc $pinned "; then
    return 0
  fi
  if ! command -v rustup >/dev/null 2>&1; then
    echo "Rust $pinned is needed: install rustup (https://rustup.rs) and start again" >&2
    return 1
  fi
  echo "Rust $pinned is not installed: asking rustup for it"
  if timeout 600 rustup toolchain install "$pinned" --profile minimal --component rustfmt,clippy --no-self-update; then
    return 0
  fi
  # The same compiler under another name, where nothing can be downloaded.
  local name
  for name in stable nightly; do
    if RUSTUP_TOOLCHAIN=$name rustc --version 2>/dev/null | grep -qF "rustc $pinned "; then
      export RUSTUP_TOOLCHAIN=$name
      echo "using the toolchain '$name', which is Rust $pinned"
      return 0
    fi
  done
  echo "Rust $pinned could not be installed" >&2
  return 1
}
