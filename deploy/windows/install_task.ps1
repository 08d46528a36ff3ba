# 登记一个计划任务，开机时启动看板，退出不正常的一分钟以后再启动。以管理员身份运行一次：
#   powershell -ExecutionPolicy Bypass -File deploy\windows\install_task.ps1
# 用 LOCAL SERVICE 账户运行，它没有管理员的权限；先给它数据目录的读写权、程序目录的读权（步骤见 docs/operate.md）。
# 没有在 Windows 上试过。

$ErrorActionPreference = 'Stop'
$Here = Split-Path -Parent $MyInvocation.MyCommand.Path
$Start = Join-Path $Here 'start.ps1'

$Action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument "-NoProfile -ExecutionPolicy Bypass -File `"$Start`""
$Trigger = New-ScheduledTaskTrigger -AtStartup
$Principal = New-ScheduledTaskPrincipal -UserId 'NT AUTHORITY\LOCAL SERVICE' -LogonType ServiceAccount -RunLevel Limited
$Settings = New-ScheduledTaskSettingsSet -RestartCount 5 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
Register-ScheduledTask -TaskName 'kpi' -Action $Action -Trigger $Trigger -Principal $Principal -Settings $Settings -Force
Start-ScheduledTask -TaskName 'kpi'
