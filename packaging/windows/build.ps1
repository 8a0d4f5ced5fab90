# Makes plandesk.exe on Windows, with Rust and Microsoft's build tools, and prints where it is.
# The runtime library is linked in, so that the program needs no redistributable.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")
$env:RUSTFLAGS = "-C target-feature=+crt-static"
cargo build --profile dist --locked --target x86_64-pc-windows-msvc
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
Join-Path (Get-Location) "target\x86_64-pc-windows-msvc\dist\plandesk.exe"
