# 在 Windows 上启动看板：读旁边的 kpi.env，运行 app.py，写日志。手工运行，或由 install_task.ps1 登记的计划任务在开机时运行。
# 停下：窗口里按 Ctrl+C，做完正在入库的再退出。由计划任务运行的，用 Stop-ScheduledTask：那是马上结束，已入库的不丢，下次启动多核对一会儿。
# 没有在 Windows 上试过，见 docs/operate.md。

$ErrorActionPreference = 'Stop'
$Here = Split-Path -Parent $MyInvocation.MyCommand.Path
$Root = Split-Path -Parent (Split-Path -Parent $Here)

foreach ($Line in Get-Content -Encoding UTF8 (Join-Path $Here 'kpi.env')) {
    if ($Line -match '^\s*(#|$)') { continue }
    $Name, $Value = $Line -split '=', 2
    [Environment]::SetEnvironmentVariable($Name.Trim(), $Value.Trim(), 'Process')
}
$env:PYTHONUTF8 = '1'
$env:PYTHONUNBUFFERED = '1'

Set-Location $Root
& (Join-Path $Root '.venv\Scripts\python.exe') 'app.py'
exit $LASTEXITCODE
