# Tries a plandesk.exe on Windows: its command line, and its window with a workbook in it. Leaves a picture in target/ci/.
param([Parameter(Mandatory)] [string] $Program)
$ErrorActionPreference = "Stop"
$Program = (Resolve-Path $Program).Path
Set-Location (Join-Path $PSScriptRoot "..\..")
New-Item -ItemType Directory -Force target/ci | Out-Null

# A program with a window is waited for only where its output is taken.
$said = & $Program check assets/sample.xlsx | Out-String
if ($LASTEXITCODE -ne 0 -or $said -notmatch "34 actions") { throw "check did not read the sample: $said" }

Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$workbook = (Resolve-Path tests/fixtures/shapes/01_simple.xlsx).Path
# On a virtual desktop without a graphics card the program draws itself; DirectX 12 in software is what comes after that.
foreach ($renderer in "processor", "dx12-software") {
  $window = Start-Process -PassThru $Program @("--renderer", $renderer, $workbook)
  for ($i = 0; $window.MainWindowTitle -ne "01_simple - plandesk"; $i++) {
    if ($window.HasExited) { throw "the program ended with $($window.ExitCode)" }
    if ($i -ge 60) { throw "no window with the workbook, but '$($window.MainWindowTitle)'" }
    Start-Sleep 1
    $window.Refresh()
  }
  Start-Sleep 5

  $screen = [System.Windows.Forms.Screen]::PrimaryScreen.Bounds
  $picture = New-Object System.Drawing.Bitmap $screen.Width, $screen.Height
  $graphics = [System.Drawing.Graphics]::FromImage($picture)
  $graphics.CopyFromScreen($screen.Location, [System.Drawing.Point]::Empty, $screen.Size)
  $picture.Save((Join-Path (Get-Location) "target\ci\windows-try-$renderer.png"))

  if (-not $window.CloseMainWindow()) { throw "the window cannot be closed" }
  if (-not $window.WaitForExit(30000)) { throw "the program does not end" }
  if ($window.ExitCode -ne 0) { throw "the program ended with $($window.ExitCode)" }
}
Write-Output "ok: $Program"
