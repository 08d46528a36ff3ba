"""Who is admitted, and to what (账号、角色、登录、审计): knows no page, no figure and no web server."""
